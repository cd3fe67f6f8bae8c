"""How long things are. The tail may only shrink."""

import ast
from collections.abc import Iterable
from pathlib import Path
from statistics import median, quantiles

from tests.architecture.house import functions, modules, ours, tree


def p95(lengths: list[int]) -> float:
    """Nineteen of twenty are no longer."""
    return quantiles(lengths, n=20, method="inclusive")[-1] if len(lengths) > 1 else max(lengths, default=0)


def function_lengths() -> dict[str, int]:
    """Lines of each body, without its docstring and comments."""
    return {
        f"{file}:{node.lineno} {node.name}": body_length(file, node) for file in modules() for node in functions(file)
    }


def body_length(file: Path, node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """From the first statement to the last."""
    body = node.body[1:] if ast.get_docstring(node) is not None else node.body
    return code_lines(file, body[0].lineno, node.end_lineno or 0) if body else 0


def code_lines(file: Path, first: int = 1, last: int | None = None) -> int:
    """Lines with code on them between two lines."""
    lines = file.read_text().splitlines()[first - 1 : last]
    return sum(1 for line in lines if line.strip() and not line.strip().startswith("#"))


def size(file: Path) -> int:
    """Lines of a module with code on them: no docstrings, comments or empty lines."""
    documented = [
        n
        for n in ast.walk(tree(file))
        if isinstance(n, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef)
    ]
    docs = [n.body[0] for n in documented if n.body and ast.get_docstring(n) is not None]
    return code_lines(file) - sum(code_lines(file, doc.lineno, doc.end_lineno) for doc in docs)


def file_lengths(pattern: str) -> dict[str, int]:
    """Lines of each file."""
    return {str(file): len(file.read_text().splitlines()) for file in ours(pattern)}


def longest(lengths: dict[str, int], cap: int) -> list[str]:
    """What is over the cap, longest first."""
    over = sorted(((count, name) for name, count in lengths.items() if count > cap), reverse=True)
    return [f"{count:>5}  {name}" for count, name in over]


def summary(name: str, lengths: Iterable[int]) -> str:
    """One line for a person."""
    known = sorted(lengths)
    return (
        f"{name}: {len(known)}, median {median(known):.0f}, p95 {p95(known):.0f}, longest {known[-1]}"
        if known
        else f"{name}: none"
    )


if __name__ == "__main__":
    print(summary("functions", function_lengths().values()))
    for pattern in ("*.py", "*.html", "*.js", "*.css"):
        print(summary(pattern, file_lengths(pattern).values()))
