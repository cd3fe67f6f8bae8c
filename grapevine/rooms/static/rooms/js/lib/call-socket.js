// The room's socket, kept open: tried again when it closes, ever more patiently.
import { REFUSED, pause } from "lib/live";

const HEARTBEAT = 15_000;

export class CallSocket {
  /** `opened()`, `heard(message)`, `closed()`, and `over()` when there is nothing here for us any more. */
  constructor(path, { opened, heard, closed, over }) {
    Object.assign(this, { opened, heard, closed, over, tries: 0 });
    this.address = new URL(path, location.href);
    this.address.protocol = this.address.protocol.replace("http", "ws");
    this.back = () => this.socket.readyState === WebSocket.CLOSED && this.open();
    addEventListener("online", this.back);
    this.timer = setInterval(() => this.send({ call: "here" }), HEARTBEAT);
    this.open();
  }

  open() {
    clearTimeout(this.retry);
    const socket = (this.socket = new WebSocket(this.address));
    socket.addEventListener("open", () => {
      this.tries = 0;
      this.opened();
    });
    socket.addEventListener("message", ({ data }) => this.heard(JSON.parse(data)));
    socket.addEventListener("close", ({ code }) => this.lost(socket, code));
  }

  lost(socket, code) {
    if (socket !== this.socket || this.isOver) return;
    this.closed();
    if (code === REFUSED) {
      this.close();
      this.over();
    } else {
      this.retry = setTimeout(() => this.open(), pause(this.tries++));
    }
  }

  /** Nothing is kept for later: what could not be said is said anew when the line is back. */
  send(message) {
    if (this.socket.readyState === WebSocket.OPEN) this.socket.send(JSON.stringify(message));
  }

  close() {
    this.isOver = true;
    clearInterval(this.timer);
    clearTimeout(this.retry);
    removeEventListener("online", this.back);
    this.socket.close();
  }
}
