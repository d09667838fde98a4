"""What does each number mean, where does it come from, and do the sources agree?"""

from opsdata.ui import balance, frame, glossary

filters = frame.filters()

glossary.draw()
balance.draw(filters)
