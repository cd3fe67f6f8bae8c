"""A world to look around in: three organisations, a year of colleagues helping each other, and a door to step in by.

`world.load` builds it in seconds, always the same, with dates up to now. Texts are in `texts/`, what the people on the
door have lived is in `stories.py`; everybody else's year is made by chance in `year.py` and written by `ledger.py`
into the rows the actions would have left. Each slice's own part is its `demo.py`.

While one looks around: `views` let one be somebody and move the clock, `ticker` lets colleagues answer, the mail room
shows every mail. Only where GRAPEVINE_DEMO is set; with real people none of it is there.
"""
