"""What are people saying, what turned negative, what waits for an answer?"""

from opsdata.ui import comments, frame

filters = frame.filters()

comments.draw(filters)
