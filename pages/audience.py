"""Who watches, who follows, and what changed?"""

from opsdata.ui import active, audience, frame, portrait, provinces, reported

filters = frame.filters()

view = audience.view(filters)
audience.answer(view)
audience.choose(view)
audience.cards(view)
portrait.draw(view)
provinces.draw(view)
active.draw(view)
portrait.table(view)
reported.draw("slice", filters)
