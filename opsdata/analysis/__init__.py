"""Answers that need more than one question: one file per method."""
