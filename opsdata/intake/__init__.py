"""From bytes to facts: read, clean, check, load, undo."""
