"""What people can do, in words: frameworks of skills, what people offer and seek, and the evidence behind it.

An `Offer` is "ask me about ..." and stands for six months. An `Interest` is what somebody would like to learn; it is
not a skill and never counts as one. `Evidence` is one line about a person that colleagues may be given as a reason:
only what the person offered, shared or agreed to. The owner sees every line and may hide or delete it; others are
given single lines by `queries.evidence_matching`, never the list.

A `Framework` comes in from a file (`importing`) or with us (`actions.load_starter`); it is there to talk with, never to
rate anybody. The directory narrows down and never lists everybody, and a person opens two hundred colleagues' pages a
day at most (`ProfileView`, forgotten the day after the next).

Emits and hears no facts: other slices note evidence through `actions.note_evidence`.
"""
