"""What do the works that do well have in common: topic, hashtag, genre, length, title?"""

from opsdata.ui import concentration, effects, frame, labels, reported, sayings, unseen

filters = frame.filters()

effects.draw(filters)
sayings.draw(filters)
unseen.draw(filters)
concentration.draw(filters)
labels.draw(filters)
reported.draw("period", filters)
