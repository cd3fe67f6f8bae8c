"""Three browsers with cameras in one room see each other; a line that is not what it should be shows nothing."""

import json
import secrets
from contextlib import closing

import pytest
from playwright.sync_api import Page, WebSocketRoute, expect

from grapevine.rooms import formats

THREE = ("Mira", "Sanne", "Jonas")
SQL_SESSION = """INSERT INTO rooms_session (format, opened_by_id, planned_at, call_secret, join_code, link, is_relay_only,
    is_one_room, origin_kind, origin_key, origin_url) VALUES (?, ?, '2026-03-09 08:15:00', ?, '', '', ?, 0, '', '', '')"""
SQL_PARTICIPANT = "INSERT INTO rooms_participant (session_id, person_id, name, key) VALUES (?, ?, '', '')"
# until more pictures of each of those were decoded than before
PICTURES = """async ([those, before]) => {
    const { lines } = document.querySelector("live-call").call.mesh;
    const count = async (who) => [...((await lines.get(who)?.pc.getStats())?.values() ?? [])]
        .find(each => each.type === "inbound-rtp" && each.kind === "video")?.framesDecoded ?? 0;
    for (let tries = 0; tries < 150; tries++) {
        const now = await Promise.all(those.map(count));
        if (now.every((pictures, each) => pictures > before[each])) return now;
        await new Promise(again => setTimeout(again, 100));
    }
    throw new Error(`no picture moves of ${those}`);
}"""
LINES = """() => Object.fromEntries([...document.querySelector("live-call").call.mesh.lines].map(([who, line]) => [who, line.mine]))"""
SENT = """() => [...document.querySelector("live-call").call.mesh.lines.values()]
    .flatMap(line => line.pc.getSenders()).filter(sender => sender.track).map(sender => sender.track.kind)"""
EVERYTHING_PASSES = {"offline": False, "latency": 1, "downloadThroughput": -1, "uploadThroughput": -1, "packetLoss": 0}
NOTHING_PASSES = EVERYTHING_PASSES | {"offline": True, "packetLoss": 100}

# an offer ends here and goes on as an offer of ours; the answer to ours becomes our answer to theirs
MALLORY = """() => {
    const talk = end => end.createDataChannel("talk", { negotiated: true, id: 0 });
    const said = async end => {
        await end.setLocalDescription();
        while (end.iceGatheringState !== "complete") await new Promise(again => setTimeout(again, 20));
        return end.localDescription.toJSON();
    };
    let heard;
    window.ends = [];
    window.mallory = async description => {
        const name = description.sdp.match(/a=ice-ufrag:.*/)[0];
        if (description.type === "offer" && name === heard) return window.ends[1].localDescription.toJSON(); // said twice
        if (description.type === "offer") {
            heard = name;
            const [near, far] = window.ends = [new RTCPeerConnection(), new RTCPeerConnection()];
            await near.setRemoteDescription(description);
            for (const each of near.getTransceivers()) each.direction = "sendrecv";
            for (const kind of ["audio", "video"]) far.addTransceiver(kind);
            window.ends.forEach(talk);
            return said(far);
        }
        if (window.ends[1].signalingState === "stable") return window.ends[0].localDescription.toJSON(); // answered twice
        await window.ends[1].setRemoteDescription(description);
        return said(window.ends[0]);
    };
}"""
# once both lines stand: how many packets of voice and picture came, after the time in which many would have come
CONNECTED = """async () => {
    const stand = () => window.ends.length && window.ends.every(end => end.connectionState === "connected");
    for (let tries = 0; tries < 300 && !stand(); tries++) await new Promise(again => setTimeout(again, 50));
    if (!stand()) throw new Error("Mallory is not in the middle");
    await new Promise(again => setTimeout(again, 500));
    const stats = await Promise.all(window.ends.map(end => end.getStats()));
    return stats.map(each => [...each.values()].reduce((sum, one) => sum + (one.type === "inbound-rtp" ? one.packetsReceived : 0), 0));
}"""


class Room:
    """An open session, and the pages of those who are in its room."""

    def __init__(self, visitors, names=THREE, *, relay_only=False):
        self.visitors = visitors
        self.pages: dict[str, Page] = {}
        with closing(visitors.server.rows()) as rows, rows:
            find = "SELECT id FROM people_person WHERE name LIKE ?"
            people = {name: rows.execute(find, [f"{name} %"]).fetchone()[0] for name in names}
            planned = [
                json.dumps(formats.own_copy("circle_challenge")),
                people[names[0]],
                secrets.token_bytes(32),
                relay_only,
            ]
            self.pk = rows.execute(SQL_SESSION, planned).lastrowid
            self.seats = {name: rows.execute(SQL_PARTICIPANT, [self.pk, who]).lastrowid for name, who in people.items()}

    def enter(self, name, **options):
        """In the room; the call is not joined yet."""
        page = self.pages[name] = self.visitors.enter(name, **options)
        page.goto(f"/rooms/{self.pk}/")
        page.get_by_role("button", name="Come in").click()
        expect(page.get_by_role("button", name="Join the call")).to_be_visible()
        return page

    def join(self, name):
        """Past the look at oneself, into the call."""
        page = self.pages.get(name) or self.enter(name)
        page.get_by_role("button", name="Join the call").click()
        expect(page.get_by_role("dialog").locator("video")).to_have_js_property("readyState", 4)
        page.get_by_role("button", name="Come in").click()

    def sees(self, name, *others):
        """The pictures of these others move on the page of this one."""
        page, those = self.pages[name], [str(self.seats[other]) for other in others]
        for other in others:
            expect(tile(page, other).locator("video")).to_be_visible()
        first = page.evaluate(PICTURES, [those, [0] * len(those)])
        page.evaluate(PICTURES, [those, first])

    def all_see_each_other(self):
        """In every direction."""
        for name in self.pages:
            self.sees(name, *(other for other in self.pages if other != name))


@pytest.fixture
def room(visitors):
    return Room(visitors)


def test_three_see_each_other_and_neither_a_cut_nor_the_server_parts_them(room, server):
    for name in THREE:
        room.enter(name)
    mira, sanne, jonas = room.pages.values()
    wire = jonas.context.new_cdp_session(jonas)
    wire.send(
        "Network.emulateNetworkConditions", EVERYTHING_PASSES
    )  # so that his line begins on a wire that can be cut
    for name in THREE:
        room.join(name)
    room.all_see_each_other()
    line = mira.evaluate(LINES)[str(room.seats["Sanne"])]

    wire.send("Network.emulateNetworkConditions", NOTHING_PASSES)
    server.kill()
    for page in (mira, sanne):
        expect(call(page)).to_contain_text("The line to Grapevine is down.")
    for page in (mira, sanne):
        expect(tile(page, "Jonas")).to_contain_text("line cut")
    room.sees("Mira", "Sanne")
    room.sees("Sanne", "Mira")

    wire.send("Network.emulateNetworkConditions", EVERYTHING_PASSES)
    server.start()
    for page in (mira, sanne):
        expect(tile(page, "Jonas")).not_to_contain_text("line cut")
    room.all_see_each_other()
    assert mira.evaluate(LINES)[str(room.seats["Sanne"])] == line  # of the two who were not cut, as before
    room.visitors.forgive_a_broken_line()


def test_who_swaps_the_certificates_is_sent_nothing_and_found_out(room):
    """Both lines end at Mallory, who has put certificates of her own in, and stand; the proofs she can hold back, not make."""
    mallory = Mallory(room.visitors.arrive())
    room.enter("Mira").route_web_socket("**/live/room/**", mallory.sit_between)
    room.join("Mira")
    room.join("Sanne")
    assert mallory.page.evaluate(CONNECTED) == [0, 0]
    for name in ("Mira", "Sanne"):
        assert room.pages[name].evaluate(SENT) == []
        expect(room.pages[name].locator(".tile:not(.mine) video")).to_have_count(0)
    mallory.let_proofs_pass()
    for name, other in (("Mira", "Sanne"), ("Sanne", "Mira")):
        expect(call(room.pages[name])).to_contain_text(f"The call with {other} was refused")


class Mallory:
    """Takes the place of each of the two towards the other."""

    def __init__(self, page: Page):
        self.page = page
        page.goto("/demo/")
        page.evaluate(MALLORY)
        self.waiting, self.held, self.is_busy = [], [], False

    def sit_between(self, mira: WebSocketRoute) -> None:
        """All that Mira says and hears goes through here."""
        server = mira.connect_to_server()
        mira.on_message(lambda text: self._take(text, server.send))
        server.on_message(lambda text: self._take(text, mira.send))

    def let_proofs_pass(self) -> None:
        """As they are: there is no key here to make others."""
        for text, pass_on in self.held:
            pass_on(text)

    def _take(self, text, pass_on) -> None:
        self.waiting.append((text, pass_on))
        while self.waiting and not self.is_busy:  # one after the other, as they came
            self.is_busy = True
            self._change(*self.waiting.pop(0))
            self.is_busy = False

    def _change(self, text, pass_on) -> None:
        message = json.loads(text)
        signal = message.get("signal", {})
        if "description" in signal:
            signal["description"] = self.page.evaluate("description => mallory(description)", signal["description"])
        if "proof" in signal:
            self.held.append((text, pass_on))
        elif "candidate" not in signal:
            pass_on(json.dumps(message))


def call(page: Page):
    """The call part."""
    return page.locator("live-call")


def tile(page: Page, name: str):
    """Somebody's tile on this page."""
    return page.locator(".tile").filter(has_text=name)
