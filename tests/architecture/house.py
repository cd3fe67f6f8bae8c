"""The rows of the house and its files, for the tests beside this one."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
GRAPEVINE = ROOT / "grapevine"
# top to bottom; neighbours in a row never import each other
ROWS = (
    ("config",),
    ("demo",),
    ("network", "notifications"),
    ("asks", "circles", "recognition"),
    ("rooms",),
    ("challenges",),
    ("skills", "vaults"),
    ("people",),
    ("kernel",),
)
DEPTH = {name: depth for depth, row in enumerate(ROWS) for name in row}


def slice_of(file: Path) -> str:
    """The slice a file belongs to."""
    return file.relative_to(GRAPEVINE).parts[0]


def ours(pattern: str) -> list[Path]:
    """Files of the product, without tests and migrations."""
    return [f for f in sorted(GRAPEVINE.rglob(pattern)) if not {"tests", "migrations", "vendor"} & set(f.parts[:-1])]


def modules() -> list[Path]:
    """Python of the product, in slices."""
    return [file for file in ours("*.py") if file.parent != GRAPEVINE]


@cache
def tree(file: Path) -> ast.Module:
    """The file as Python reads it."""
    return ast.parse(file.read_text(), str(file))


def functions(file: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Every function and method in it."""
    return (node for node in ast.walk(tree(file)) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))


def imported(file: Path) -> Iterator[tuple[int, str]]:
    """(line, dotted name) of everything of ours it imports: `from grapevine.people import queries` is `people.queries`."""
    for node in ast.walk(tree(file)):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names = [f"{node.module}.{alias.name}" for alias in node.names]
        else:
            continue
        yield from ((node.lineno, name.removeprefix("grapevine.")) for name in names if name.startswith("grapevine."))


def where(file: Path, line: int) -> str:
    """For a message that an editor can follow."""
    return f"{file.relative_to(ROOT)}:{line}"
