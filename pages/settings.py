"""What does the team itself decide: targets, holidays, habits, accounts and words?"""

from opsdata.ui import accounts, alerting, conventions, frame, holidays, targets, words
from opsdata.ui.screen import settings

frame.filters()

targets.draw()
holidays.draw()
conventions.draw()
settings.draw()
alerting.draw()
accounts.draw()
words.draw()
