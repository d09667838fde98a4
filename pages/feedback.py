"""What do surveyed viewers say, how sure is it, and has it moved?"""

from opsdata.ui import crosstable, frame, sides, survey, themes, waves

filters = frame.filters()

chosen = survey.choose()
survey.draw(chosen)
crosstable.draw(chosen)
waves.draw(chosen)
themes.draw(chosen)
sides.draw(chosen, filters)
