"""How do we stand against named competitors, and what do they do that we do not?"""

from opsdata.ui import benchmark, breakouts, frame, habits, untried

filters = frame.filters()

seen = benchmark.view(filters)
benchmark.answer(seen)
benchmark.draw(seen)
breakouts.draw(seen)
untried.draw(seen)
habits.draw(seen)
