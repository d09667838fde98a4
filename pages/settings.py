"""What does the team itself decide: targets, holidays, habits, accounts and words?"""

from opsdata.ui import accounts, conventions, frame, holidays, targets, words

frame.filters()

targets.draw()
holidays.draw()
conventions.draw()
accounts.draw()
words.draw()
