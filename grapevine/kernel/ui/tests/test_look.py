"""The promises of the look that a machine can check."""

import hashlib
import math
import re
import tomllib

import pytest
from django.contrib.staticfiles import finders

from grapevine.kernel.ui import assets

CSS_LINES_MOST = 2_500
SHEET_MOST = 75_000  # on the wire a fifth of it
FIRST_FONTS_MOST = 50_000
TEXT, UI = 4.5, 3.0
PAIRS = [
    *[
        (word, ground, TEXT)
        for word in ("ink", "soft", "grape")
        for ground in ("paper", "sheet", "tint", "leaf-tint", "amber-tint", "clay-tint")
    ],
    *[(tone, ground, TEXT) for tone in ("leaf", "amber", "clay") for ground in ("paper", "sheet", f"{tone}-tint")],
    ("on-grape", "grape", TEXT),
    ("on-clay", "clay", TEXT),
    ("edge", "paper", UI),
    ("edge", "sheet", UI),
]


def tokens():
    """(light, dark) of each hue as (lightness, chroma, hue)."""
    css = (assets.UI / "css" / "tokens" / "tokens.css").read_text()
    found = {}
    for name, *pair in re.findall(r"--([\w-]+): light-dark\(oklch\(([^)/]+)\), oklch\(([^)/]+)\)\)", css):
        found.setdefault(
            name, [tuple(float(part.strip("%")) / (100 if "%" in part else 1) for part in one.split()) for one in pair]
        )
    return found


def luminance(lightness, chroma, hue):
    a, b = chroma * math.cos(math.radians(hue)), chroma * math.sin(math.radians(hue))
    long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    middle = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    red = 4.0767416621 * long - 3.3077115913 * middle + 0.2309699292 * short
    green = -1.2684380046 * long + 2.6097574011 * middle - 0.3413193965 * short
    blue = -0.0041960863 * long - 0.7034186147 * middle + 1.7076147010 * short
    red, green, blue = (min(1, max(0, part)) for part in (red, green, blue))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one, other):
    dark, light = sorted((luminance(*one), luminance(*other)))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize(("word", "ground", "least"), PAIRS)
def test_every_pair_can_be_read_by_day_and_by_night(word, ground, least):
    hues = tokens()
    assert [contrast(*pair) >= least for pair in zip(hues[word], hues[ground], strict=True)] == [True, True]


def test_initials_can_be_read_on_every_tone():
    assert min(contrast((0.985, 0.01, 85), (0.49, 0.095, hue)) for hue in range(0, 360, 15)) >= TEXT


def manifest():
    return tomllib.loads((assets.UI.parents[1] / "vendor.toml").read_text())


def test_vendored_files_are_the_ones_that_were_checked():
    files = [*assets.UI.glob("fonts/*"), assets.UI / "icons.svg", *assets.UI.glob("vendor/*")]
    found = {str(f.relative_to(assets.UI)): hashlib.sha256(f.read_bytes()).hexdigest() for f in files}
    assert found == manifest()["checksums"]


def test_every_vendored_package_comes_with_its_licence():
    packages = manifest()["package"]
    assert all((assets.UI / "vendor" / package["licence_file"]).stat().st_size for package in packages)


def test_first_page_fetches_few_letters():
    assert (
        sum((assets.UI / "fonts" / name).stat().st_size for name in ("figtree.woff2", "serif.woff2")) < FIRST_FONTS_MOST
    )


def test_the_style_sheet_has_its_layers_and_its_fonts():
    sheet = assets.style_sheet()
    assert sheet.startswith(f"@layer {', '.join(assets.LAYERS)};")
    assert "static:" not in sheet
    assert all(
        finders.find(name)
        for name in re.findall(r'url\("static:([^"]+)"\)', (assets.UI / "css" / "fonts.css").read_text())
    )


def test_the_style_sheet_stays_small():
    files = [*(assets.UI / "css").rglob("*.css"), *assets._files()["slices"]]
    assert sum(len(file.read_text().splitlines()) for file in files) <= CSS_LINES_MOST
    assert len(assets.style_sheet().encode()) <= SHEET_MOST


def test_the_style_sheet_knows_no_left_and_right():
    physical = re.compile(
        r"[\s;{](?:(?:margin|padding|border)-(?:left|right|top|bottom)|left|right|top|bottom|width|height)\s*:"
    )
    assert physical.findall(assets.style_sheet()) == []


def test_a_changed_rule_changes_the_address(monkeypatch):
    before = assets.style_version()
    monkeypatch.setattr(assets, "style_sheet", lambda: "body { color: red }")
    assert assets.style_version() != before
