"""How fast it is, as ratios against the bare library in the same run.

python -m tests.bench
"""
