"""When and how often should we publish, and how sure are we?"""

from opsdata.ui import frame, rhythm, slotplan, slots

filters = frame.filters()

slots.draw(filters)
slotplan.draw(filters)
rhythm.draw(filters)
