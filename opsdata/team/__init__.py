"""What the team itself writes: targets, labels, words, notes, choices. No import touches it.

Each module is one kind of thing: a frozen dataclass, a function that reads them, and
functions that change them in one transaction. Pages change them through ``data.change``.
"""
