"""What reaches a person, and when: Today, the inbox, mail, quiet hours, one nudge a day at most.

A `Notice` is one line of the inbox. A `Letter` carries a notice out of the house by mail; neither holds words, only
what it is about: the text is written at the moment of sending, for its reader and in their language, through the same
policies as a page. What is gone or not visible any more is not sent. Sealed words are quoted only to the person who
wrote them. A `Wish` says which topics somebody wants by mail, a `Nudge` that somebody was gently asked on a day.

Promises: nothing between people of whom one blocked the other; nothing to somebody who left; nobody under a pseudonym
is named, nor found out by blocking one colleague after the other; mail waits for working hours, and at rest everything
waits but one's own Monday. A letter is never lost and sent once; only a machine that dies between sending and writing
it down sends it again, under the same Message-ID.

Hears nearly every fact; emits none.
"""
