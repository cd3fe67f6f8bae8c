"""Circles of peers: proposed, applied for, formed, agreed, met, ended; and alumni for good.

A `Cohort` is a call for circles around a theme; an `Application` lies in a vault with one seat. `forming` (pure) seats
applicants, the proposer shows a `Proposal`, members may ask to be moved, then circles are founded. A `Circle` has a vault,
an `Agreement` in versions that each member signs, `Meeting`s whose dates `season` (pure) works out, and turns (`Duty`) that
`rota` (pure) deals. What is brought to a meeting (`Brought`) is a challenge in a vault of its own, seated by those who sit
there then; the room of a meeting has one as well. So whoever joins late reads nothing earlier, and whoever steps out reads
nothing at all; what they brought goes home with them.

A season ends with its last meeting. Thirty days later all of its vaults are shredded: each challenge has gone home with its
bringer, names and dates stay, and alumni call each other (`Call`). A call, its room and its challenge end the same way.

Nobody outside sees that a circle exists: no lead, no administrator, no search. Those who run a place see how many sessions
were held, once five of its people took part. Nothing of a circle is in a mail or a calendar but a time and an address.

Emits: CircleProposed, ProposalShown, CircleFormed, ChairOffered, Welcomed, AgreementChanged, MeetingMoved, SwapAsked, SwapAnswered,
QuorumMissed, MeetingHeld, MissedTwice, SteppedOut, CircleEnded, TouchAsked, CalledAlumni, CallAnswered.
Hears: rooms.SessionClosed, people.PersonLeft.
"""
