"""Which of our works can others learn from, and what?"""

from opsdata.ui import cases, frame

filters = frame.filters()

cases.draw(filters)
