"""Long runs that no change waits for: python -m tests.soak screen."""
