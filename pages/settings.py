"""What does the team itself decide: accounts, targets, holidays, words and habits?"""

from opsdata.ui import accounts, conventions, frame, holidays, targets

frame.filters()

targets.draw()
holidays.draw()
conventions.draw()
accounts.draw()
