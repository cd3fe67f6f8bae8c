// What is pressed in a room, on its way. While the line is down the words wait, each with the key of its press, and go by
// themselves when it is back: so they arrive, and once.
const [AGAIN, PATIENCE] = [1000, 8000];
const WORDS = "/say/"; // a press of the dock may not fit any more when the line is back; words are never in vain
const NO_LINE = [0, 502, 503, 504];

export class RoomMail {
  /** `answered(form, status, text, isWaiting)` hears what came of each. */
  constructor(answered) {
    this.answered = answered;
    this.waiting = new Map(); // form: what it said when it was pressed
  }

  post(form, submitter) {
    const body = new FormData(form, submitter);
    const before = this.waiting.get(form);
    if (before) body.set("once", before.get("once")); // another try of the same press
    return this.send(form, body);
  }

  async send(form, body) {
    let [status, text] = [0, ""];
    try {
      const headers = { "HX-Request": "true" };
      const response = await fetch(form.action, { method: "POST", body, headers, signal: AbortSignal.timeout(PATIENCE) });
      if (response.redirected) return location.reload(); // signed out meanwhile
      [status, text] = [response.status, await response.text()];
    } catch {
      // the line is down
    }
    if (NO_LINE.includes(status)) status = 0;
    const isWaiting = !status && form.action.endsWith(WORDS);
    if (isWaiting) this.wait(form, body);
    else this.waiting.delete(form);
    this.tell(form, status, text);
    if (status && status < 400 && isAsSent(form, body)) form.reset();
    await this.answered(form, status, text, isWaiting);
    goOn(globalThis.document);
  }

  wait(form, body) {
    this.waiting.set(form, body);
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.deliver(), AGAIN);
  }

  /** Oldest first; a silence ends the round, and another one begins. */
  async deliver() {
    for (const [form, body] of [...this.waiting]) {
      await this.send(form, body);
      if (this.waiting.has(form)) return;
    }
  }

  /** What keeps drafts and holds back second presses hears it as it hears of htmx. */
  tell(form, status, text) {
    const ctx = { response: { status: status || 503 }, text };
    for (const name of ["htmx:after:request", "htmx:finally:request"]) {
      form.dispatchEvent(new CustomEvent(name, { bubbles: true, detail: { ctx } }));
    }
  }

  close() {
    clearTimeout(this.timer);
  }
}

/** Whose button is gone with what it did goes on from the head of the page, not from before its beginning. */
function goOn(page) {
  if (page && page.activeElement === page.body) page.querySelector("room-stage h1")?.focus({ preventScroll: true });
}

/** Whether the form still says what was sent: what was written on meanwhile stays. */
function isAsSent(form, body) {
  return [...form.querySelectorAll("textarea")].every(({ name, value }) => value === body.get(name));
}
