// <live-region src="..." [socket="..."]>: keeps its part of the page fresh. The socket only hints that something
// changed; the part is then asked for again, and swapped without taking focus or typed words away.
import { fetched } from "lib/htmx";
import { AGAIN, POLL, REFUSED, news, pause, verdict } from "lib/live";

class LiveRegion extends HTMLElement {
  connectedCallback() {
    this.isOver = false;
    this.tries = 0;
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
    this.socket.addEventListener("message", () => this.refresh());
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

  /** Ask for the part again; hints that come meanwhile make one more round, not many. */
  async refresh() {
    if (this.isOver) return;
    if (this.isAsking) {
      this.isWanted = true;
      return;
    }
    this.isAsking = true;
    this.askedAt = Date.now();
    try {
      const response = await fetch(this.getAttribute("src"), { headers: { "HX-Request": "true" }, cache: "no-store", signal: AbortSignal.timeout(POLL) });
      await this.answered(response.status, await response.text());
      if (this.wasAway) this.renew();
    } catch {
      this.wasAway = true; // the line is down
      this.soon();
    }
    this.isAsking = false;
    if (this.isWanted) {
      this.isWanted = false;
      await this.refresh();
    }
  }

  async answered(status, text) {
    const what = verdict(status, text, this.last ?? "");
    if (what === "stop") this.isOver = true;
    if (what !== "swap") return;
    const before = this.told();
    const htmx = await fetched();
    await htmx.swap({ target: this, sourceElement: this, text, swap: "innerMorph" });
    if (this.last !== undefined || before.length) this.voice.textContent = news(before, this.told());
    this.last = text;
  }

  told() {
    return [...this.querySelectorAll("[data-news]")].map((each) => each.dataset.news);
  }
}

customElements.define("live-region", LiveRegion);
