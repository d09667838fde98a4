"""Which works carried us, and where does each stand among our own works?"""

from opsdata.ui import frame, work, worklist

filters = frame.filters()

worklist.draw(filters)
work.draw()
