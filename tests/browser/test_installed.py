"""What a device fetches when somebody puts Grapevine on their home screen."""

import re
from urllib.parse import urljoin

import httpx

from tests.browser.walking import Walker

HEAD_LINK = re.compile(r'<link rel="(icon|apple-touch-icon|manifest)" href="([^"]+)"')


def test_every_icon_is_there(server):
    with Walker(server) as stranger:
        head = dict(HEAD_LINK.findall(stranger.get("/demo/").text))
        manifest = stranger.get(head["manifest"]).json()
        icons = [
            head["icon"],
            head["apple-touch-icon"],
            *(urljoin(head["manifest"], i["src"]) for i in manifest["icons"]),
        ]
        assert [stranger.get(icon).status_code for icon in icons] == [httpx.codes.OK] * 6
    assert [icon["sizes"] for icon in manifest["icons"]] == ["any", "192x192", "512x512", "512x512"]
