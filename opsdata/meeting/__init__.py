"""What a meeting shows, computed once at its start: a block for each point of the agenda.

A block takes the database and the days of the meeting and returns a page, or None when
nothing is known for it. Points whose data or analyses are not there stay out by themselves.
"""
