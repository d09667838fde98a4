"""How did we do, against the days before and the target, why did it change, and what carried it?"""

from opsdata.ui import cards, frame, pacing, parts, reported, steps, top_work, trend, why, worklist

filters = top_work.chosen(frame.filters())

cards.answer(filters)
cards.draw(filters)
top_work.draw(filters)

left, right = parts.beside()
with left:
    trend.draw(filters)
    pacing.draw(filters)
with right:
    why.draw(filters)
    worklist.highlights(filters)
    steps.draw(filters)

reported.draw("overview", filters)
