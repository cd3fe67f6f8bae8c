// The call, once somebody wants it: brought when the button is first pressed, so that a room without a call weighs little.
import { Captions } from "lib/call-captions";
import { Devices } from "lib/call-devices";
import { Mesh } from "lib/call-mesh";
import { keyFrom } from "lib/call-seal";
import { CallSocket } from "lib/call-socket";
import { Ears } from "lib/call-speaking";
import { Tiles } from "lib/call-tiles";

const PASSING = new Set(["came", "left", "back", "again", "muted", "heard", "dark", "seen"]); // soon no news any more
const LONG_ENOUGH = 8_000; // milliseconds to read it
const SAID = { mute: { true: "muted", false: "heard" }, camera: { true: "dark", false: "seen" } };

export class Call {
  /** `page` is the <live-call> with what the server made; `facts` who we are, the key, the ways and the words. */
  constructor(page, facts) {
    Object.assign(this, { page, facts, dialog: page.querySelector("dialog"), tiles: new Tiles(page.querySelector(".tiles"), facts) });
    const trouble = (what) => (page.querySelector(".trouble").textContent = what && facts.words[what]);
    this.devices = new Devices(this.dialog, { changed: () => this.send(), trouble });
    const say = (words) => this.mesh?.say({ caption: words });
    this.captions = new Captions(page.querySelector(".captions"), { say, tell: (what) => this.tell(what) });
    this.dialog.addEventListener("close", () => this.mesh || this.devices.stop());
    addEventListener("pagehide", () => this.leave());
  }

  /** What a press of a button does. */
  async does(what) {
    const isPressed = this.button(what)?.ariaPressed === "true";
    if (what === "look") await (crypto.subtle && globalThis.RTCPeerConnection ? this.devices.look() : this.tell("cannot"));
    if (what === "in") await this.come();
    if (what === "not-now") this.dialog.close();
    if (what === "mute") await this.devices.mute(!isPressed);
    if (what === "camera") await this.devices.darken(!isPressed);
    if (what === "captions") await this.read(!isPressed);
    if (what === "leave") this.leave();
    if (SAID[what]) this.tell(SAID[what][this.button(what).ariaPressed]);
  }

  /** Into the call, or back to it with other devices. */
  async come() {
    if (!this.mesh) this.begin(await keyFrom(this.facts.key));
    this.dialog.close();
    this.button("mute").focus();
  }

  begin(key) {
    const { me, session, ice } = this.facts;
    const send = (message) => this.socket.send(message);
    this.mesh = new Mesh({ facts: { me, session, ice, key }, send, tell: (...news) => this.hear(...news) });
    this.ears = new Ears({ tell: (...news) => this.tiles.speaks(...news) });
    this.socket = new CallSocket(this.page.dataset.socket, {
      opened: () => this.opened(),
      heard: (message) => this.heard(message),
      closed: () => this.away(),
      over: () => this.leave("over"),
    });
    this.tiles.enter(me);
    this.turn();
    this.send();
  }

  leave(why) {
    if (!this.mesh) return;
    const { mesh, socket, ears } = this;
    this.mesh = null; // from here on nothing is said of it
    socket.send({ call: "leave" });
    for (const part of [socket, mesh, ears]) part.close();
    this.devices.stop();
    this.captions.forget();
    this.tiles.leave(this.facts.me);
    this.turn();
    if (why) this.tell(why);
    this.page.querySelector(".call-door button").focus();
  }

  turn() {
    this.page.querySelector(".call-door").hidden = Boolean(this.mesh);
    this.page.querySelector(".call-bar").hidden = !this.mesh;
    this.button("captions").ariaPressed = "false";
  }

  opened() {
    if (this.isAway) this.tell("again");
    this.isAway = false;
    this.socket.send({ call: "join" });
  }

  away() {
    if (!this.isAway) this.tell("away");
    this.isAway = true;
    this.mesh.doubt();
  }

  heard({ call, left, from, signal }) {
    if (Array.isArray(call)) this.mesh?.present({ call, left });
    else if (call) this.leave(call);
    else if (signal) this.mesh?.receive({ from, signal });
  }

  /** News of one of the lines. */
  async hear(who, kind, what) {
    if (kind === "came") await this.page.know(who);
    this.tiles[kind]?.(who, what);
    if (kind === "proved") this.ears?.add(who, what);
    else if (kind === "left" || kind === "refused") this.ears?.remove(who);
    if (kind === "caption") this.captions.write(this.tiles.name(who), what);
    if (kind === "state" && what.reads && !this.captions.isOn) this.tell("reads", who);
    else if (this.mesh && this.facts.words[kind]) this.tell(kind, who);
  }

  /** What we send, and how we say that we are. */
  send() {
    if (!this.mesh) return;
    const { tracks, speaker, isMuted } = this.devices;
    const state = { mic: Boolean(tracks.audio) && !isMuted, camera: Boolean(tracks.video), reads: this.captions.isOn };
    this.mesh.give(tracks);
    this.mesh.announce(state);
    this.ears.add(this.facts.me, new MediaStream(tracks.audio ? [tracks.audio] : []));
    this.tiles.show(this.facts.me, tracks.video && new MediaStream([tracks.video]));
    this.tiles.state(this.facts.me, state);
    this.tiles.speakThrough(speaker);
    this.captions.hear(state.mic);
    this.button("mute").ariaPressed = String(!state.mic);
    this.button("camera").ariaPressed = String(!state.camera);
  }

  async read(isOn) {
    this.button("captions").ariaPressed = String(isOn);
    await this.captions.turn(isOn);
    this.send();
  }

  tell(what, who = "") {
    const place = this.page.querySelector(".call-news");
    place.textContent = this.facts.words[what].replace("{name}", this.tiles.name(who));
    clearTimeout(this.passing);
    if (PASSING.has(what)) this.passing = setTimeout(() => (place.textContent = ""), LONG_ENOUGH);
  }

  button(does) {
    return this.page.querySelector(`.call-bar [data-does="${does}"]`);
  }
}
