"""The ground every slice stands on.

policy    who may see and do what: one rule, asked by list, page, template and socket
facts     how slices talk: past tense, ids and dates, delivered at least once, heard once
jobs      work after the answer: rows in the database are the record, workers only read them
presses   one press, one effect: a form sent twice acts once
search    full text in SQLite and PostgreSQL behind one question
clock     the one clock, which tests may move
text      people's words on their way in (clean) and out (Markdown, safe)
ui        tokens, components, the frame
"""
