"""Judges from outside, asked about a page in a tab: axe, the scales, the ruler."""

from typing import Any

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import CDPSession, Page

STANDARD = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"]
# what a narrow window or the dark may change; all else was judged in the wide one by light
NARROW_AND_DARK = {
    "type": "rule",
    "values": ["color-contrast", "link-in-text-block", "target-size", "scrollable-region-focusable", "region"],
}
WIDE, NARROW, NARROWEST = {"width": 1280, "height": 900}, {"width": 390, "height": 844}, {"width": 320, "height": 640}
MOST_BYTES, MOST_REQUESTS = 100_000, 15
AXE = "rules => axe.run(document, {resultTypes: ['violations'], runOnly: rules})"
STICKING_OUT = """() => [...document.querySelectorAll("body *")]
    .filter(each => each.getBoundingClientRect().right > innerWidth + 1 && !each.closest(".table, .visually-hidden"))
    .map(each => each.outerHTML.slice(0, 120))"""


class Judge:
    """Looks at one page after the other in the same tab."""

    def __init__(self, tab: Page) -> None:
        self.tab = tab
        self.scales = Scales(tab.context.new_cdp_session(tab))

    def opens(self, path: str) -> list[str]:
        """Load it with empty hands, and say everything that is wrong with it."""
        self.scales.begin()
        self.tab.set_viewport_size(WIDE)
        self.tab.goto(path, wait_until="load")
        return [f"{path} {wrong}" for wrong in [*self.looks(), *self.scales.end()]]

    def glances(self, path: str) -> list[str]:
        """At a page whose like was looked at before, in another language: long words are what breaks it."""
        self.tab.set_viewport_size(NARROWEST)
        self.tab.goto(path, wait_until="load")
        return [f"{path} {wrong}" for wrong in self._ruler()]

    def looks(self) -> list[str]:
        """Twice at what is there: wide and light, narrow and dark; then whether anything sticks out."""
        self.tab.evaluate(AXE_SCRIPT)
        return [*self._wide(), *self._narrow()]

    def _wide(self) -> list[str]:
        self.tab.set_viewport_size(WIDE)
        self.tab.emulate_media(color_scheme="light", reduced_motion="reduce")
        return self._axe("wide", STANDARD)

    def _narrow(self) -> list[str]:
        self.tab.set_viewport_size(NARROW)
        self.tab.emulate_media(color_scheme="dark", reduced_motion="reduce")
        wrong = self._axe("narrow and dark", NARROW_AND_DARK)
        self.tab.set_viewport_size(NARROWEST)
        return wrong + self._ruler()

    def _axe(self, how: str, rules: Any) -> list[str]:
        found = self.tab.evaluate(AXE, rules)["violations"]
        return [f"{how}: {rule['id']} {node['target']} {_why(node)}" for rule in found for node in rule["nodes"]]

    def _ruler(self) -> list[str]:
        width = self.tab.evaluate("document.scrollingElement.scrollWidth")
        if width <= NARROWEST["width"]:
            return []
        return [f"{width} px wide at {NARROWEST['width']}: {self.tab.evaluate(STICKING_OUT)}"]


class Scales:
    """What a page weighs over the wire, pictures left out, when nothing is kept from before."""

    def __init__(self, wire: CDPSession) -> None:
        self._wire = wire
        self._kinds: dict[str, str] = {}
        self._bytes: dict[str, int] = {}
        wire.send("Network.enable")
        wire.on("Network.responseReceived", lambda event: self._kinds.update({event["requestId"]: event["type"]}))
        wire.on(
            "Network.loadingFinished",
            lambda event: self._bytes.update({event["requestId"]: event["encodedDataLength"]}),
        )

    def begin(self) -> None:
        """Nothing is kept from now on."""
        self._wire.send("Network.setCacheDisabled", {"cacheDisabled": True})
        self._kinds.clear()
        self._bytes.clear()

    def end(self) -> list[str]:
        """What was too much."""
        self._wire.send("Network.setCacheDisabled", {"cacheDisabled": False})
        counted = {key: size for key, size in self._bytes.items() if self._kinds.get(key) != "Image"}
        weight, number = round(sum(counted.values())), len(self._kinds)
        return [f"weighs {weight} bytes"] * (weight > MOST_BYTES) + [f"{number} requests"] * (number > MOST_REQUESTS)


def _why(node: dict[str, Any]) -> str:
    return " ".join(node["failureSummary"].split("\n")[1:2]).strip()
