"""Small promises that a reader should not have to take on trust."""

import ast
import re
import socket

import pytest
from django.apps import apps
from django.conf import settings

from conftest import OutsideError
from grapevine.config import env
from tests.architecture.house import GRAPEVINE, ROOT, modules, tree, where

# where requests come in: here every row is looked up through what the asker may see
EDGES = {"views", "forms", "consumers", "templatetags", "panels"}
NEVER_NAMES = re.compile(r"(?i)^(.*(service|helper|util|utils|manager_impl)s?)$")


def test_there_is_no_admin_site():
    """No back door to the rows, so no way round a policy."""
    assert not apps.is_installed("django.contrib.admin")
    assert not list(GRAPEVINE.glob("**/admin.py"))


def test_rows_are_looked_up_through_what_one_may_see():
    wrong = [where(file, node.lineno) for file in modules() if _is_edge(file) for node in _bare_fetches(file)]
    assert not wrong, "visible(person, Model).get(...) instead of Model.objects.get(...): " + ", ".join(wrong)


def _is_edge(file) -> bool:
    inside = file.relative_to(GRAPEVINE)
    return bool(EDGES & {*inside.parts[1:-1], file.stem})


def _bare_fetches(file):
    for node in ast.walk(tree(file)):
        if isinstance(node, ast.Attribute) and node.attr in {
            "get",
            "first",
            "filter",
            "all",
            "exclude",
            "get_or_create",
        }:
            under = node.value
            if isinstance(under, ast.Attribute) and under.attr in {"objects", "_default_manager"}:
                yield node


def test_modules_have_names_of_the_field():
    assert not [str(file) for file in modules() if NEVER_NAMES.match(file.stem)]


def test_the_clock_is_asked_in_one_place():
    wrong = [
        where(file, number)
        for file in modules()
        if file.parts[-2:] not in {("kernel", "clock.py"), ("kernel", "jobs.py")} and "config" not in file.parts
        for number, line in enumerate(file.read_text().splitlines(), 1)
        if re.search(r"\b(timezone\.now|datetime\.now|datetime\.utcnow|date\.today|localdate)\(", line)
    ]
    assert not wrong, "clock.now() instead: " + ", ".join(wrong)


def test_every_setting_is_documented():
    written = (ROOT / "docs" / "settings.md").read_text()
    assert table() in written, f"docs/settings.md needs this table:\n{table()}"


def table() -> str:
    """The settings as docs/settings.md shows them."""
    rows = [
        f"| `{s.name}`{' (or `_FILE`)' if s.secret else ''} | {f'`{s.default}`' if s.default else ''} | {s.says} |"
        for s in env.SETTINGS
    ]
    return "\n".join(["| variable | without it | what it is for |", "|---|---|---|", *rows])


def test_tests_stay_on_this_machine():
    with pytest.raises(OutsideError), socket.socket() as outside:
        outside.connect(("192.0.2.1", 80))
    with pytest.raises(OutsideError):
        socket.getaddrinfo("example.org", 80)


def test_reads_are_never_in_a_transaction_of_the_request():
    assert not settings.DATABASES["default"].get("ATOMIC_REQUESTS")


def test_nobody_is_called_user():
    """A person is a person; `user` is the word of the sign-in machinery alone."""
    classes = [node.name for file in modules() for node in ast.walk(tree(file)) if isinstance(node, ast.ClassDef)]
    assert not [name for name in classes if "User" in name]
