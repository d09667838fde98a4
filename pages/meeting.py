"""What does the team look at together, in agenda order, and what does it decide?"""

from opsdata.ui import frame, meeting

frame.filters()

meeting.draw()
