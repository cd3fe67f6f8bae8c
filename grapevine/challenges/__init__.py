"""The trace every practice leaves: a challenge, questions, ideas, playback, commitment, what happened.

A `Challenge` lives in one vault; whoever has a seat there reads it, nobody else, administrators included. The bringer
asks, answers, keeps ideas, plays back ("when ..., I will ..."), and says what came of it. Ideas nobody kept vanish
when the challenge closes, unless both agreed to keep them. An `Example` is a page of a few lines that its writer
released to the organisation.

Emits: ChallengeBrought, SomethingSaid, PlayedBack, CommitmentChanged, OutcomeReported, ChallengeClosed,
ExampleReleased, ExampleUsed; and people.HelpGiven when help was received.
"""
