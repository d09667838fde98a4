"""Worlds with a planted truth: how often each analysis finds it, and how often it errs.

python -m tests.simulate [NAME …]
"""
