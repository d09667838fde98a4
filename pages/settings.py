"""What does the team itself decide: targets, holidays, habits and accounts?"""

from opsdata.ui import accounts, conventions, frame, holidays, targets
from opsdata.ui.screen import settings

frame.filters()

targets.draw()
holidays.draw()
conventions.draw()
settings.draw()
accounts.draw()
