"""One style sheet and one import map, put together from the slices when first asked. There is no build step."""

import hashlib
import json
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.templatetags.static import static

UI = Path(__file__).parent / "static" / "ui"
LAYERS = ("reset", "tokens", "base", "components", "slices", "utilities")


def style_sheet() -> str:
    """All CSS in its layers: ours by folder, then every slice's. Read anew on each call while debugging."""
    return _written() if settings.DEBUG else _kept()


def style_version() -> str:
    """Changes when a rule changes, so that a browser may keep the sheet for ever."""
    return hashlib.sha256(style_sheet().encode()).hexdigest()[:12]


@cache
def _kept() -> str:
    return _written()


def _written() -> str:
    layers = "".join(f"@layer {name} {{\n{_read(files)}}}\n" for name, files in _files().items())
    sheet = f"@layer {', '.join(LAYERS)};\n{_read([UI / 'css' / 'fonts.css'])}{layers}"
    sheet = re.sub(r"/\*.*?\*/|^\s+", "", sheet, flags=re.DOTALL | re.MULTILINE)
    return re.sub(r'url\("static:([^"]+)"\)', lambda found: f'url("{static(found[1])}")', sheet)


def _files() -> dict[str, list[Path]]:
    own = {name: sorted((UI / "css" / name).glob("*.css")) for name in LAYERS}
    return own | {"slices": [f for _, folder in _slices() for f in sorted(folder.glob("*.css"))]}


def _read(files: list[Path]) -> str:
    return "".join(file.read_text() for file in files)


def _slices() -> Iterator[tuple[str, Path]]:
    """The static folder of each slice, by its name."""
    for app in apps.get_app_configs():
        if app.name.startswith("grapevine."):
            yield app.label, Path(app.path) / "static" / app.label


@cache
def import_map() -> str:
    """`element/<name>` for every custom element, `lib/<name>` for its logic, and htmx; as JSON."""
    found = {"htmx": static("django_htmx/htmx-4.min.js")}
    for name, folder in [("ui", UI), *_slices()]:
        found |= {f"element/{f.stem}": static(f"{name}/js/{f.name}") for f in sorted(folder.glob("js/*.js"))}
        found |= {f"lib/{f.stem}": static(f"{name}/js/lib/{f.name}") for f in sorted(folder.glob("js/lib/*.js"))}
    return json.dumps({"imports": found})
