"""People from a CSV file: `grapevine import people FILE.csv --organisation NAME`.

lines      bytes to lines of text, counted
cells      what may stand in which column
columns    names of columns that mean nothing here
reading    the file: good rows, and what is wrong with the others; knows no database
checking   rows against who is here already: addresses, leads, circles; pure, too
standing   who is here already
writing    what is new and what changed, in one transaction
telling    the command, and its outcome in words or JSON

The column `id` is who somebody is; a second run with the same file changes nothing. People who are not in the file
are left alone; who left and is in it again comes back. By default one wrong line keeps the whole file out;
`--keep-good` brings in the good lines. What a file says holds; where `title`, `timezone`, `languages`, `location` or
`joined_on` are empty it says nothing, and an empty `unit` or `manager` means none.
"""

from grapevine.people.importing.lines import Rejected
from grapevine.people.importing.reading import Row, read_file, read_people
from grapevine.people.importing.telling import main
from grapevine.people.importing.writing import Outcome, apply, bring_in

__all__ = ["Outcome", "Rejected", "Row", "apply", "bring_in", "main", "read_file", "read_people"]
