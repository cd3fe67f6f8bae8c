"""Imports and foreign keys point downwards; a slice is spoken to through its doors only."""

from django.apps import apps

from tests.architecture.house import DEPTH, GRAPEVINE, imported, modules, slice_of, where

DOORS = {"models", "queries", "actions", "policies", "facts"}
OPEN = {"kernel"}  # the ground is everybody's
WIRING = {"config"}  # whose work is to know everybody


def test_every_slice_has_its_row():
    folders = {f.name for f in GRAPEVINE.iterdir() if (f / "__init__.py").exists()}
    assert folders == set(DEPTH)


def test_imports_point_downwards_never_sideways():
    wrong = [
        f"{where(file, line)} {slice_of(file)} imports {name}"
        for file in modules()
        for line, name in imported(file)
        if (other := name.split(".")[0]) in DEPTH and other != slice_of(file) and DEPTH[other] <= DEPTH[slice_of(file)]
    ]
    assert not wrong, "\n".join(wrong)


def test_another_slice_is_entered_by_its_doors():
    wrong = [
        f"{where(file, line)} imports {name}"
        for file in modules()
        for line, name in imported(file)
        if slice_of(file) not in WIRING and not _is_open(name, slice_of(file))
    ]
    assert not wrong, "\n".join(wrong)


def _is_open(name: str, to: str) -> bool:
    """`people.queries.x` is open to all; `asks.demo` to the demo alone."""
    other, door, *_ = [*name.split("."), ""]
    if other == to or other in OPEN or other not in DEPTH:
        return True
    return door in DOORS or (to == "demo" and door == "demo")


def test_foreign_keys_point_downwards():
    wrong = [
        f"{model._meta.label}.{field.name} -> {field.related_model._meta.label}"
        for model in apps.get_models(include_auto_created=True)
        for field in model._meta.get_fields()
        if not field.auto_created and field.is_relation and _points_up(model, field.related_model)
    ]
    assert not wrong, "\n".join(wrong)


def _points_up(model, other) -> bool:
    here, there = (_slice(one) for one in (model, other))
    return here in DEPTH and there in DEPTH and here != there and DEPTH[there] <= DEPTH[here]


def _slice(model) -> str:
    module = getattr(model, "__module__", "")
    return module.split(".")[1] if module.startswith("grapevine.") else ""
