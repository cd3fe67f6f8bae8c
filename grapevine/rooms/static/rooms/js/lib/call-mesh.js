// All the lines of a call: one to each of the others.
import { Line } from "lib/call-line";
import { changes } from "lib/call-match";
import { encoding, voice } from "lib/call-quality";

const OUT_OF_SIGHT = 20_000;

export class Mesh {
  /** `facts` are {me, session, key, ice}; `send(message)` reaches the room's socket; `tell(who, kind, what)` the page. */
  constructor({ facts, send, tell }) {
    Object.assign(this, { facts, send, tell, lines: new Map(), unseen: new Map(), doubtful: new Set(), sent: {}, state: {} });
  }

  get isEmpty() {
    return this.lines.size === 0;
  }

  /** Who is in the call now, as the server says; `left` went on purpose. */
  present({ call, left }) {
    const { came, left: gone, unseen } = changes([...this.lines.keys()], { here: call, left, me: this.facts.me });
    for (const who of gone) this.drop(who);
    for (const who of unseen) this.miss(who);
    for (const who of call) this.found(who);
    for (const who of came) this.open(who);
    if (came.length || gone.length) this.tune();
  }

  open(who) {
    const line = new Line({
      ...this.facts,
      them: who,
      send: (signal) => this.send({ to: who, signal }),
      tell: (kind, what) => this.told(who, kind, what),
    });
    this.lines.set(who, line);
    this.tell(who, "came");
  }

  drop(who) {
    clearTimeout(this.unseen.get(who));
    this.unseen.delete(who);
    this.lines.get(who)?.end();
    if (this.lines.delete(who)) this.tell(who, "left");
    this.tune();
  }

  /** The server does not see them: a line that carries goes on for a while, as when the server is started anew. */
  miss(who) {
    this.doubtful.add(who);
    if (!this.lines.get(who).isConnected) this.drop(who);
    else if (!this.unseen.has(who)) this.unseen.set(who, setTimeout(() => this.drop(who), OUT_OF_SIGHT));
  }

  /** The server sees them again: what was said meanwhile is lost, so a line that does not carry is made anew. */
  found(who) {
    clearTimeout(this.unseen.get(who));
    this.unseen.delete(who);
    if (this.doubtful.delete(who) && this.lines.has(who) && !this.lines.get(who).isConnected) this.lines.get(who).begin(null);
  }

  /** The socket is away: until the server has spoken again, no line is sure of what it said. */
  doubt() {
    for (const who of this.lines.keys()) this.doubtful.add(who);
  }

  receive({ from, signal }) {
    this.lines.get(from)?.receive(signal);
  }

  told(who, kind, what) {
    if (kind === "proved" || kind === "open") this.lines.get(who)?.say({ state: this.state });
    if (kind === "message") this.understand(who, what);
    else if (kind !== "open") this.tell(who, kind, what);
  }

  understand(who, text) {
    let message;
    try {
      message = JSON.parse(text);
    } catch {
      return;
    }
    const { state, caption } = message ?? {};
    if (state) this.tell(who, "state", { mic: state.mic === true, camera: state.camera === true, reads: state.reads === true });
    if (typeof caption === "string") this.tell(who, "caption", caption);
  }

  /** From now on these tracks go to everybody, as fine as the number of faces allows. */
  give(tracks) {
    this.sent = tracks;
    this.tune();
  }

  tune() {
    const { audio = null, video = null } = this.sent;
    const fine = encoding(this.lines.size + 1, video?.getSettings().height ?? 0);
    for (const line of this.lines.values()) line.give({ audio: { track: audio, encoding: voice() }, video: { track: video, encoding: fine } });
  }

  /** Tell everybody how we are: {mic, camera, reads}. */
  announce(state) {
    this.state = state;
    this.say({ state });
  }

  say(message) {
    for (const line of this.lines.values()) line.say(message);
  }

  close() {
    for (const who of [...this.lines.keys()]) this.drop(who);
  }
}
