"""How did we do, against the days before, and what carried it?"""

from opsdata.ui import cards, frame, trend, worklist

filters = frame.filters()

cards.answer(filters)
cards.draw(filters)
trend.draw(filters)
worklist.highlights(filters)
