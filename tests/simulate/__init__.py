"""Worlds with a known truth, and how well the methods find it.

python -m tests.simulate [ages|forecast …]
"""
