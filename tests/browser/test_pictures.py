"""Pictures: the one of the README, and on wish all of them: `SHOTS=folder bin/test --sqlite -k pictures`."""

import os
from pathlib import Path

import pytest

from tests.browser.judging import NARROW, WIDE
from tests.browser.walking import Walker
from tests.databases import ROOT

README = ROOT / "docs" / "screenshot.png"
SHOTS = os.environ.get("SHOTS", "")
LOOKS = {
    "wide-light": (WIDE, "light"),
    "wide-dark": (WIDE, "dark"),
    "narrow-light": (NARROW, "light"),
    "narrow-dark": (NARROW, "dark"),
}


def test_the_picture_of_the_readme(enter):
    """Mira's Monday, the same picture every time; kept where there is none yet, or on wish."""
    tab = enter("Mira", reduced_motion="reduce")
    pictures = []
    for _ in range(2):
        tab.goto("/today/", wait_until="networkidle")
        pictures.append(tab.screenshot())
    assert pictures[0] == pictures[1]
    if SHOTS or not README.exists():
        README.write_bytes(pictures[0])


@pytest.mark.skipif(not SHOTS, reason="pictures of all pages are taken on wish: SHOTS=folder")
@pytest.mark.parametrize("language", ["en", "de"])
@pytest.mark.parametrize("who", ["Mira", "Sanne", "Eva", "Jonas", ""], ids=lambda who: who or "stranger")
def test_pictures_of_all_pages(server, visitors, who, language):
    folder = Path(SHOTS)
    folder.mkdir(parents=True, exist_ok=True)
    with Walker(server, who, language) as walker:
        pages = walker.pages()
    options = {"locale": {"en": "en-GB", "de": "de-DE"}[language], "reduced_motion": "reduce"}
    tab = visitors.enter(who, **options) if who else visitors.arrive(**options)
    for page in pages:
        tab.goto(page.path, wait_until="networkidle")
        for look, (size, scheme) in LOOKS.items():
            tab.set_viewport_size(size)
            tab.emulate_media(color_scheme=scheme)
            name = f"{page.route.replace(':', '-')}{'-query' if '?' in page.path else ''}"
            tab.screenshot(path=folder / f"{name}-{who or 'stranger'}-{language}-{look}.png", full_page=True)
