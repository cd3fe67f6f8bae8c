// <live-region src="..." [socket="..."]>: keeps its part of the page fresh. The socket only hints that something
// changed; the part is then asked for again, and swapped without taking focus or typed words away.
import { fetched } from "lib/htmx";
import { AGAIN, HELD, POLL, REFUSED, news, number, pause, seen, sleep, verdict } from "lib/live";

class LiveRegion extends HTMLElement {
  connectedCallback() {
    this.isOver = false;
    this.tries = 0;
    this.ways = 0;
    this.wanted = 0;
    this.voice = Object.assign(document.createElement("p"), { className: "visually-hidden" });
    this.voice.setAttribute("role", "status");
    this.after(this.voice);
    this.connect();
    this.timer = setInterval(() => this.poll(), POLL);
    this.back = () => document.visibilityState === "visible" && this.refresh();
    document.addEventListener("visibilitychange", this.back);
    addEventListener("online", this.back);
  }

  disconnectedCallback() {
    this.isOver = true;
    clearInterval(this.timer);
    clearTimeout(this.retry);
    clearTimeout(this.again);
    document.removeEventListener("visibilitychange", this.back);
    removeEventListener("online", this.back);
    this.voice.remove();
    this.socket?.close();
  }

  connect() {
    const path = this.getAttribute("socket");
    if (!path || this.isOver || this.socket?.readyState < WebSocket.CLOSING) return;
    clearTimeout(this.retry);
    const address = new URL(path, location.href);
    address.protocol = address.protocol.replace("http", "ws");
    this.socket = new WebSocket(address);
    this.socket.addEventListener("open", () => this.opened());
    this.socket.addEventListener("message", ({ data }) => this.refresh(number(data)));
    this.socket.addEventListener("close", (event) => this.closed(event.code));
  }

  opened() {
    if (this.tries > 0) { // what happened while the line was down
      clearTimeout(this.again);
      this.refresh();
    }
    this.tries = 0;
  }

  closed(code) {
    if (code === REFUSED) this.isOver = true;
    if (this.isOver) return;
    this.retry = setTimeout(() => this.connect(), pause(this.tries++));
    this.soon();
  }

  soon() {
    clearTimeout(this.again);
    this.again = setTimeout(() => this.back(), AGAIN);
  }

  /** A socket that outlived a silence may be dead without knowing; one that was closed may have become too patient. */
  renew() {
    this.wasAway = false;
    this.tries = 1;
    this.socket?.close();
    this.connect();
  }

  poll() {
    if (this.socket?.readyState !== WebSocket.OPEN && document.visibilityState === "visible") this.refresh();
  }

  /** Ask for the part again, unless what was hinted at is here; hints that come meanwhile make one more round, not many. */
  async refresh(hinted = Infinity) {
    if (this.isOver || this.seen >= hinted) return;
    if (this.ways) this.wanted = Math.max(this.wanted, hinted);
    else await this.during(this.ask());
  }

  /** A press brings the part, too; for longer than a moment nobody waits for it. */
  held(press) {
    return this.during(Promise.race([press, sleep(HELD)]));
  }

  /** While this brings the part, nobody else asks for it. */
  async during(way) {
    this.ways += 1;
    await way.catch(() => {});
    this.ways -= 1;
    const { wanted } = this;
    if (this.ways || !wanted) return;
    this.wanted = 0;
    await this.refresh(wanted);
  }

  async ask() {
    this.askedAt = Date.now();
    try {
      const response = await fetch(this.getAttribute("src"), { headers: { "HX-Request": "true" }, cache: "no-store", signal: AbortSignal.timeout(POLL) });
      await this.answered(response.status, await response.text());
      if (this.wasAway) this.renew();
    } catch {
      this.wasAway = true; // the line is down
      this.soon();
    }
  }

  async answered(status, text) {
    const what = verdict(status, text, this.last ?? "", this.seen);
    if (what === "stop") this.isOver = true;
    if (what !== "swap") return;
    const before = this.told();
    const htmx = await fetched();
    await htmx.swap({ target: this, sourceElement: this, text, swap: "innerMorph" });
    if (this.last !== undefined || before.length) this.voice.textContent = news(before, this.told());
    this.last = text;
  }

  /** The number of the last thing that happened and that is shown here. */
  get seen() {
    return seen(this.getAttribute("src"));
  }

  told() {
    return [...this.querySelectorAll("[data-news]")].map((each) => each.dataset.news);
  }
}

customElements.define("live-region", LiveRegion);
