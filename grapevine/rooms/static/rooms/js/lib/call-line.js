// A line to one of the others that is proved before it is used: neither picture nor voice leaves, and none is shown,
// before both ends have proved that they see the same two certificates.
import { Connection } from "lib/call-connection";
import { isFirst } from "lib/call-match";
import { fingerprintOf, fingerprintOfCertificate, holds, proof } from "lib/call-seal";

const LONGEST_MESSAGE = 2_000;
const MOST_EARLY = 20;

export class Line extends Connection {
  /** `tell(kind, what)`: `proved` with the other's stream, `open`, `message`, `cut`, `back`, `refused`. */
  constructor({ session, key, tell, ...ends }) {
    super(ends);
    Object.assign(this, { session, key, tell, sent: {} });
    this.begin(null);
  }

  begin(theirs) {
    if (this.isRefused) return;
    Object.assign(this, { isVouched: false, isProved: false, said: "", early: [] });
    super.begin(theirs);
  }

  hear(signal) {
    return this.isRefused ? undefined : super.hear(signal);
  }

  /** The line is not what it should be: it is closed for good. */
  refuse() {
    this.isRefused = true;
    this.end();
    this.tell("refused");
  }

  async described(pc) {
    const said = await proof(this.key, this.seen(this.me, this.them));
    if (pc === this.pc && said !== this.said) this.signal({ proof: (this.said = said) });
  }

  async check(pc, said) {
    if (!pc.localDescription || !this.certificate || !(await holds(this.key, this.seen(this.them, this.me), said))) return this.refuse();
    this.isVouched = true;
    await this.settle(pc);
  }

  /** Vouched for and connected: is the certificate in use the one of the description? Then the line may be used. */
  async settle(pc) {
    if (!this.isVouched || this.isProved || !this.isConnected) return;
    const [der] = pc.sctp?.transport?.getRemoteCertificates?.() ?? [];
    const isOther = der && this.certificate.startsWith("sha-256 ") && (await fingerprintOfCertificate(der)) !== this.certificate;
    if (pc !== this.pc || this.isProved) return;
    if (isOther) return this.refuse();
    this.isProved = true;
    clearTimeout(this.timer);
    this.tell("proved", new MediaStream(pc.getReceivers().map(({ track }) => track)));
    for (const data of this.early.splice(0)) this.tell("message", data);
    await this.give(this.sent);
  }

  seen(from, to) {
    const seen = { [this.me]: fingerprintOf(this.pc.localDescription.sdp), [this.them]: this.certificate };
    return { session: this.session, from, to, isFirst: isFirst(from, to), seen };
  }

  connected(pc) {
    if (this.isProved) return this.tell("back");
    this.patience();
    return this.settle(pc);
  }

  cut() {
    this.tell("cut");
  }

  opened() {
    this.tell("open");
  }

  heard(data) {
    if (typeof data !== "string" || data.length > LONGEST_MESSAGE) return;
    if (this.isProved) this.tell("message", data);
    else if (this.early.length < MOST_EARLY) this.early.push(data);
  }

  say(message) {
    if (this.isProved && this.talk?.readyState === "open") this.talk.send(JSON.stringify(message));
  }

  /** What to send once the line is proved: by kind, {track, encoding}; without a track nothing of that kind. */
  async give(sent) {
    this.sent = sent;
    if (!this.isProved) return;
    for (const { sender, receiver } of this.pc.getTransceivers()) {
      const { track = null, encoding } = sent[receiver.track.kind] ?? {};
      try {
        if (sender.track !== track) await sender.replaceTrack(track);
        const parameters = sender.getParameters();
        if (!track || !parameters.encodings?.length) continue;
        Object.assign(parameters.encodings[0], encoding);
        await sender.setParameters(parameters);
      } catch {
        // the line was closed meanwhile
      }
    }
  }
}
