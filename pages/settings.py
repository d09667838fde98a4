"""What does the team itself decide: accounts, targets, words and habits?"""

from opsdata.ui import accounts, frame, words

frame.filters()

accounts.draw()
words.draw()
