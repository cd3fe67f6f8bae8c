// A connection to one of the others: agreed on by perfect negotiation, mended after a cut, made anew when nothing else
// helps. What may be done with it, `call-line` decides.
import { isFirst, judge } from "lib/call-match";
import { fingerprintOf } from "lib/call-seal";

const A_HICCUP = 2_500;
const PATIENCE = 12_000;
const TALK = { negotiated: true, id: 0 };

export class Connection {
  /** `send(signal)` carries a message to the other end. */
  constructor({ me, them, ice, send }) {
    Object.assign(this, { me, them, ice, send, waiting: Promise.resolve(), isFirst: isFirst(me, them) });
  }

  get isConnected() {
    return this.pc.connectionState === "connected";
  }

  /** Begin anew, with the connection `theirs` when we know it. */
  begin(theirs) {
    this.end();
    Object.assign(this, { mine: crypto.randomUUID(), theirs, isFresh: true, isOffering: false, certificate: null, talk: null });
    const pc = (this.pc = new RTCPeerConnection(this.ice));
    pc.addEventListener("icecandidate", ({ candidate }) => candidate && pc === this.pc && this.signal({ candidate }));
    pc.addEventListener("negotiationneeded", () => this.offer(pc));
    pc.addEventListener("connectionstatechange", () => pc === this.pc && this.turned(pc.connectionState));
    this.patience();
    if (this.isFirst) {
      for (const kind of ["audio", "video"]) pc.addTransceiver(kind, { direction: "sendrecv" });
      this.openTalk(pc);
    } else {
      this.signal({ hello: true });
    }
  }

  end() {
    clearTimeout(this.timer);
    this.pc?.close();
  }

  patience() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.begin(null), PATIENCE);
  }

  signal(what) {
    this.send({ mine: this.mine, yours: this.theirs, ...what });
  }

  /** A signal of the other end; one after the other, as they came. */
  receive(signal) {
    this.waiting = this.waiting.then(() => this.hear(signal)).catch(() => {}); // what did not fit is made anew in a while
  }

  async hear(signal) {
    const verdict = judge(this, signal);
    if (verdict === "ignore") return;
    if (verdict === "renew") this.begin(signal.mine);
    this.theirs = signal.mine;
    const { pc } = this;
    if (signal.hello && pc.signalingState === "have-local-offer") this.signal({ description: pc.localDescription });
    if (signal.description) await this.describe(pc, signal.description);
    if (signal.candidate && this.certificate) await pc.addIceCandidate(signal.candidate);
    if (signal.proof) await this.check(pc, signal.proof);
  }

  async describe(pc, description) {
    const isOffer = description.type === "offer";
    const isCrossing = isOffer && this.isFirst && (this.isOffering || pc.signalingState !== "stable");
    if (isCrossing || (!isOffer && pc.signalingState !== "have-local-offer")) return;
    const certificate = fingerprintOf(description.sdp);
    if (!certificate || (this.certificate && this.certificate !== certificate)) return this.refuse();
    this.certificate = certificate;
    await pc.setRemoteDescription(description);
    this.isFresh = false;
    if (isOffer) await this.answer(pc);
    await this.described(pc);
  }

  async answer(pc) {
    if (!this.talk) {
      for (const transceiver of pc.getTransceivers()) transceiver.direction = "sendrecv";
      this.openTalk(pc);
    }
    await pc.setLocalDescription();
    this.signal({ description: pc.localDescription });
  }

  async offer(pc) {
    try {
      this.isOffering = true;
      await pc.setLocalDescription();
      if (pc === this.pc) this.signal({ description: pc.localDescription });
    } catch {
      // closed meanwhile
    } finally {
      this.isOffering = false;
    }
  }

  openTalk(pc) {
    this.talk = pc.createDataChannel("talk", TALK);
    this.talk.addEventListener("open", () => pc === this.pc && this.opened());
    this.talk.addEventListener("message", ({ data }) => pc === this.pc && this.heard(data));
  }

  turned(state) {
    if (state === "connected") {
      clearTimeout(this.timer);
      this.connected(this.pc);
    } else if (state === "disconnected" || state === "failed") {
      clearTimeout(this.timer);
      this.cut();
      this.timer = setTimeout(() => this.mend(this.pc), state === "failed" ? 0 : A_HICCUP);
    }
  }

  /** Another way for the same connection; and if that does not help, another connection. */
  mend(pc) {
    pc.restartIce();
    this.patience();
  }
}
