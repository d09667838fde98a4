"""Worlds with planted truth, and how often the analyses find it: ``python -m tests.simulate``."""
