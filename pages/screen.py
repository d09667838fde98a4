"""Can everybody in the room read how we stand, and how old the figures are?"""

from opsdata.ui import frame
from opsdata.ui.screen import display

frame.filters()

display.draw()
