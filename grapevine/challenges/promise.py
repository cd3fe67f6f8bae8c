"""A promise has two halves, "when ..." and "I will ...". The page says those words; who typed them too need not read them twice."""

import re

_WHEN = re.compile(r"(?:(?:when|wenn)\b[\s.…,:]*)+(?=\w)", re.IGNORECASE)
_WILL = re.compile(
    r"(?:then|dann)?\s*(?:i\s+will|i['’]ll|i\s+shall|(?-i:will)|ich\s+(?:werde|will)|(?:werde|will)\s+ich)\b[\s.…,:]*(?=\w)",
    re.IGNORECASE,
)


def without_when(words: str) -> str:
    """ "When he asks," is kept as "he asks", in English and in German."""
    return _after(_WHEN, words).rstrip(" ,;.") or words


def without_will(words: str) -> str:
    """ "I will bring voices." is kept as "bring voices.", in English and in German."""
    return _after(_WILL, words)


def _after(lead_in: re.Pattern[str], words: str) -> str:
    found = lead_in.match(words := words.strip())
    return words[found.end() :] if found else words
