"""What goes out next, who is on it, and did everything planned go out?"""

from opsdata.ui import frame, plan

frame.filters()

plan.draw()
