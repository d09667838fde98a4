"""Bring exports in, see exactly what each did, take it back."""

from opsdata.ui import drop, frame, ledger, remembered

frame.filters()

drop.draw()
ledger.draw()
remembered.draw()
