"""Thanks in words. The helper hears first that an idea was used and what happened; others only when both agree.

A `HelperStory` is told to one helper when an outcome is reported: its words are the words of the outcome. A `Thanks`
is said by the person who was helped. Both stay in the vault of the challenge; thanks outside a challenge have a small
vault of their own, with two seats. Showing one to colleagues needs a yes of both, and copies the words into the open;
a yes taken back blanks them. No points, no ranks, nothing is counted.

Who sits in the vault under an alias is named by the alias here too, and nothing of it can be shown.

Emits: ThanksSaid, StoryTold, ShowingProposed, MadePublic; and people.HelpGiven with thanks. Hears:
challenges.OutcomeReported. Lends panels to "challenge-end" and "person".
"""
