// <room-stage data-src="..." data-away="..."> with its <session-clock at="..." left="338" [runs] data-over="...">: one module,
// because the room has enough of them to fetch. The stage is what changes in a room. It tells the live part around it what has been
// seen already, so that asking again costs little; sends what is pressed without leaving the page, so that the call goes
// on; and keeps what somebody is writing from changes of the others.
const [A_BLINK, ROUNDS, LATEST, QUIET] = [250, 5000, 10_000, 9000];
const [ANSWERS, ELSEWHERE] = [[200, 201, 422], ["enter", "leave"]]; // after the latter another page follows

const Element = globalThis.HTMLElement ?? class {}; // the figures of the clock are tried out where there is no page

/** Seconds left `now`, when there were `left` at `since` (both in milliseconds); a clock that stands keeps them. */
export const leftNow = ({ left, since, runs }, now) => (runs ? left - (now - since) / 1000 : left);

/** How much the clock here is ahead of the server's. An answer may come late, never early; one too late is of another clock. */
export const ahead = (known, seen) => (seen - known < LATEST ? Math.min(known, seen) : seen);

/** `5:38`; with hours `1:05:00`. */
export function onAClock(seconds) {
  const whole = Math.max(0, Math.floor(seconds));
  const [hours, minutes, rest] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
  const two = (number) => String(number).padStart(2, "0");
  return hours ? `${hours}:${two(minutes)}:${two(rest)}` : `${minutes}:${two(rest)}`;
}

/** The words of the clock: how much is left, or `over by ...` in the reader's language. */
export const shown = (seconds, over) => (seconds < 0 ? over.replace("{time}", onAClock(-seconds)) : onAClock(Math.ceil(seconds)));

/** How much of a stretch of `minutes` is over, when it was given `given` minutes and `left` seconds remain. */
export const done = (minutes, given, left) => Math.min(minutes, minutes * Math.max(0, 1 - left / 60 / given));

/** Counts down by itself between two answers of the server, whose clock it is: each says anew how much is left. */
class SessionClock extends Element {
  static observedAttributes = ["at", "left", "runs"];
  static ahead = Infinity;

  connectedCallback() {
    this.timer = setInterval(() => this.show(), A_BLINK);
  }

  disconnectedCallback() {
    clearInterval(this.timer);
  }

  attributeChangedCallback(name) {
    const [at, left] = [1000 * this.getAttribute("at"), Number(this.getAttribute("left"))];
    if (name === "at") SessionClock.ahead = ahead(SessionClock.ahead, Date.now() - at);
    this.told = { left, since: at + SessionClock.ahead, runs: this.hasAttribute("runs") };
  }

  show() {
    const left = leftNow(this.told, Date.now());
    const time = this.querySelector(".time");
    const words = shown(left, this.dataset.over);
    if (time && time.textContent !== words) time.textContent = words;
    this.turnLate(left < 0);
    const stretch = this.querySelector(".now");
    if (!stretch) return;
    const { minutes, given } = stretch.dataset;
    stretch.setAttribute("width", done(Number(minutes), Number(given), left).toFixed(2));
  }

  /** Red; and told, once, to those who do not look. */
  turnLate(isLate) {
    const { voice } = this.closest("live-region") ?? {};
    if (isLate && !this.classList.contains("late") && voice) voice.textContent = this.dataset.late;
    this.classList.toggle("late", isLate);
  }
}

class RoomStage extends Element {
  connectedCallback() {
    this.addEventListener("input", ({ target }) => target.closest("[data-mine]")?.setAttribute("hx-morph-skip", ""));
    this.addEventListener("submit", (event) => this.press(event));
    for (const hint of ["pointerover", "focusin"]) this.addEventListener(hint, () => this.bring().catch(() => {})); // tried again by the press
    this.timer = setInterval(() => this.ask(), ROUNDS);
    this.step = this.dataset.step;
    this.byHand = new Map(); // what folds, by its id: whether the reader wants it open
    this.addEventListener("click", ({ target }) => {
      const details = target.closest("summary")?.parentElement;
      if (details?.id) this.byHand.set(details.id, !details.open);
    });
    this.swaps = new MutationObserver(() => this.settle());
    this.swaps.observe(this, { childList: true, subtree: true, attributes: true, attributeFilter: ["open"] });
    this.settle();
  }

  disconnectedCallback() {
    clearInterval(this.timer);
    this.mail?.close();
    this.swaps.disconnect();
  }

  /** Rounds of pairs turn by the clock alone; and who asks is here, also while nobody says anything. */
  ask() {
    if (this.dataset.src.endsWith("seq=") || Date.now() - (this.live?.askedAt ?? 0) > QUIET) this.live?.refresh?.();
  }

  get live() {
    return this.closest("live-region");
  }

  /**
   * What the reader opened or shut stays so, before the new stage is painted; what another step says comes into sight; and
   * who asks again says which parts are there, so that they are not sent once more.
   */
  settle() {
    const has = [...this.querySelectorAll("room-kept")].map((part) => `${part.id}-${part.dataset.key}`);
    this.live?.setAttribute("src", `${this.dataset.src}&has=${has.join(".")}`);
    const { step } = this.dataset;
    if (this.step !== step) import("lib/room-sight").then(({ show }) => show(this), () => {}); // else one scrolls by hand
    this.step = step;
    for (const [id, isOpen] of this.byHand) {
      const details = document.getElementById(id);
      if (details && details.open !== isOpen) details.open = isOpen;
    }
  }

  /** What carries presses comes when somebody is about to press: the page weighs nothing for it. */
  async bring() {
    const { RoomMail } = await import("lib/room-mail");
    return (this.mail ??= new RoomMail((...what) => this.answered(...what)));
  }

  /** A press goes by itself; where another page follows, the browser does it. */
  press(event) {
    if (event.defaultPrevented || ELSEWHERE.includes(event.submitter?.value)) return;
    event.preventDefault();
    const sent = this.bring().then((mail) => mail.post(event.target, event.submitter), () => this.answered(event.target, 0, ""));
    this.live?.held?.(sent);
  }

  /** What came of a press; `status` 0: the line is down. `isWaiting` when the words will go again by themselves. */
  async answered(form, status, text, isWaiting) {
    this.querySelector(".room-news").textContent = status ? "" : isWaiting ? this.dataset.waits : this.dataset.away;
    if (status) form.closest("[data-mine]")?.removeAttribute("hx-morph-skip");
    if (ANSWERS.includes(status)) await this.show(text);
    else if (status) await this.live?.refresh();
  }

  async show(text) {
    const { fetched } = await import("lib/htmx");
    const htmx = await fetched();
    const { seen } = this.live ?? {};
    await htmx.swap({ target: this.live ?? this.parentElement, sourceElement: this, text, swap: "innerMorph" });
    if (this.live?.seen < seen) this.live.refresh(); // this answer was longer on its way than another
    for (const each of this.querySelectorAll("[data-mine]:has(.errors), [data-mine][data-kept]")) each.setAttribute("hx-morph-skip", "");
  }
}

globalThis.customElements?.define("session-clock", SessionClock);
globalThis.customElements?.define("room-stage", RoomStage);
