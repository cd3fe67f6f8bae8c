"""Frameworks of skills from a file: `grapevine import framework FILE --format gdad|esco|case|csv`.

files      bytes into text, CSV into lines, JSON into nodes that know their path; trusts nothing
shapes     what every reader gives: a framework, its skills, and what is wrong with the rest
gdad, esco, case, table, starter
           one reader a format; none knows a database
writing    what is new and what changed, in one transaction
telling    the outcome, for people and as JSON

A skill is who it is by the framework and its key there; a second run with the same file changes nothing. Skills that
are not in the file stay, because somebody may offer them. One wrong place keeps the whole file out.
"""

from grapevine.skills.importing.starter import read_starter
from grapevine.skills.importing.telling import FORMATS, main, read_framework
from grapevine.skills.importing.writing import Outcome, bring_in

__all__ = ["FORMATS", "Outcome", "bring_in", "main", "read_framework", "read_starter"]
