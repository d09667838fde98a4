"""Bring exports in, see exactly what each did, take it back."""

from opsdata.ui import accounts, drop, frame, ledger, mapper

frame.filters()

drop.draw()
ledger.draw()
accounts.draw()
mapper.remembered()
