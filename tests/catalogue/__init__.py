"""The catalogue of bad input as tables of cases, one file a theme, under its numbers."""
