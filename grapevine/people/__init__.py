"""Who is here: organisations, units, persons, reporting lines, when they work, when they rest, what they agreed to.

An `Account` is a key to the door (auth only); everybody inside is a `Person` of one organisation. A person who
left (`left_on`) is nobody here any more and has no account. Administrators run the place and read nothing more than
others; nor can they move anybody's door: a new address waits until its person takes it, and only the server may move it.

The door        code by mail or passkey; page, answer and work are the same for strangers (`accounts`)
Hours           usual hours or shifts on the wall of the person's zone (`queries.hours`); 48 working hours are the
                hours of the clock on two days on which the person works
The list        `importing`: people from a CSV file; the column `id` is who somebody is
Consent         no row means no; what is withdrawn stays on record

Emits `PersonLeft`, and defines `HelpGiven`, the one fact from which ties are made. Hears nothing.
"""
