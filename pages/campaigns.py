"""Did the campaign or challenge work, and how far is it from its goal?"""

from opsdata.ui import campaigns, frame

frame.filters()

campaigns.draw()
