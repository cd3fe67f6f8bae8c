"""Live sessions: formats as data, a clock and a step that the server holds, who speaks, what may be entered.

A `Session` runs one format. Its truth is a list of events with numbers (`Event`), from which `engine.state_of` tells
the step, the clock, the chair and whose turn it is; sockets only hint that the list grew. What people enter is a
`Contribution`, sealed in the session's vault or open to those in the session, as the format says; notes for oneself
lie in a vault with one seat. A `Story` says which challenge somebody brings: questions, ideas and playback of its steps
go straight into that challenge.

Nobody comes in but who has a seat in the vault; into an open session, who was invited or has its code. A guest with
the code is here for this session alone, and has no account.

Emits: SessionOpened, SessionClosed. Hears: people.PersonLeft.
"""
