"""How did we do, against the days before and the target, why did it change, and what carried it?"""

from opsdata.ui import cards, frame, pacing, steps, top_work, trend, why, worklist

filters = top_work.chosen(frame.filters())

cards.answer(filters)
cards.draw(filters)
top_work.draw(filters)
trend.draw(filters)
pacing.draw(filters)
why.draw(filters)
worklist.highlights(filters)
steps.draw(filters)
