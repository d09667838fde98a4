"""Which works carried us, and where does each stand among our own works of the same age?"""

from opsdata.ui import byage, frame, newest, work, worklist

filters = frame.filters()

worklist.answer(filters)
newest.draw(filters)
worklist.draw(filters)
work.draw()
byage.draw(filters)
