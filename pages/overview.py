"""How did we do, against the days before and the target, why did it change, and what carried it?"""

from opsdata.ui import cards, frame, pacing, trend, why, worklist

filters = frame.filters()

cards.answer(filters)
cards.draw(filters)
trend.draw(filters)
pacing.draw(filters)
why.draw(filters)
worklist.highlights(filters)
