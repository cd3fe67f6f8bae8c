"""Sealed words: a named set of seats, one key, one gate.

A `Vault` has seats and a data key; the key is wrapped by a key in a file outside the database. Words are written
by `actions.write` and read by `queries.read`; there is no other door. Whoever has no seat cannot read, whatever
their role. Destroying the wrapped key (`actions.shred`) leaves the rows unreadable for everybody.

Honest limits: while the server runs, it holds the keys; see SECURITY.md.
"""
