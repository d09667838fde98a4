"""Bring exports in, see exactly what each did, take it back."""

from opsdata.ui import drop, frame, ledger, remembered, templates

frame.filters()

drop.draw()
templates.draw()
ledger.draw()
remembered.draw()
