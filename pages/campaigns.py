"""Did the campaign or challenge work, and how far is it from its goal?"""

from opsdata.ui import campaigns, frame, reported

frame.filters()

campaigns.draw()
reported.draw("paid")
reported.draw("shop")
