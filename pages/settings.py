"""What does the team itself decide: accounts, targets, words and habits?"""

from opsdata.ui import accounts, frame

frame.filters()

accounts.draw()
