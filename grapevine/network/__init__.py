"""How help flows. Issue by issue: first only *my* map, which nobody else can open.

A `Tie` grows from the fact HelpGiven and from nothing else. It is drawn only when both people agreed to it; until
then neither map shows it, and one of the two alone makes it vanish again. A `Visit` is my private five-second note
"I went to ... about ...": to whom and about what are sealed, for me alone. How close somebody is, is said in words
and drawn as a ring; no number of helps is ever shown.

Emits: TieProposed, TieAgreed. Hears: people.HelpGiven, recognition.ThanksSaid, people.PersonLeft. Lends a panel to
"challenge-margin".
"""
