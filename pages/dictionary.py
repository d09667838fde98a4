"""What does each number mean, and where does it come from?"""

from opsdata.ui import frame, glossary

frame.filters()

glossary.draw()
