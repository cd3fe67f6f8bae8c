// <live-call data-socket="...">: the faces of a room, what each of them does just now, and the door to the call.
const FEW = 8;

class LiveCall extends HTMLElement {
  asked = new Map();

  connectedCallback() {
    const given = this.querySelector("#call-facts");
    this.facts ??= JSON.parse(given.textContent);
    given?.remove(); // the key of the call need not lie about
    this.querySelector(".call-door").hidden = false;
    this.addEventListener("click", (this.pressed = ({ target }) => this.press(target.closest("[data-does]")?.dataset.does)));
    this.watching = new MutationObserver(() => this.note());
    const all = { childList: true, subtree: true, characterData: true };
    for (const live of document.querySelectorAll("live-region")) this.watching.observe(live, all);
    this.note();
  }

  disconnectedCallback() {
    this.removeEventListener("click", this.pressed);
    this.watching.disconnect();
    this.call?.leave();
  }

  async press(does) {
    if (!does) return;
    try {
      const { Call } = await import("lib/call-room");
      this.call ??= new Call(this, this.facts);
    } catch {
      this.querySelector(".call-news").textContent = this.facts.words.later;
      return;
    }
    await this.call.does(does);
  }

  /** What the room says of somebody (`brings`, `asks`): the words of `[data-tile-of]` in its live part. */
  note() {
    for (const said of document.querySelectorAll("[data-tile-of]")) {
      const role = this.of(said.dataset.tileOf)?.querySelector(".role");
      if (!role) this.know(said.dataset.tileOf);
      else if (role.textContent !== said.textContent.trim()) role.textContent = said.textContent.trim();
      // the ring of whoever has the word; who is not here looks like it
      for (const name of ["turn", "away", "missing"]) role?.parentElement.classList.toggle(name, Boolean(said.closest(`.${name}`)));
    }
  }

  of(who) {
    return this.querySelector(`.tile[data-who="${CSS.escape(who)}"]`);
  }

  /** Somebody came whom the page did not know when it was made: their tile is on the page as it would be made now. */
  async know(who) {
    if (!this.of(who) && !this.asked.has(who)) this.asked.set(who, this.fetchTile(who));
    await this.asked.get(who);
  }

  async fetchTile(who) {
    try {
      const answer = await fetch(location.href, { cache: "no-store" });
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const tile = page.querySelector(`live-call .tile[data-who="${CSS.escape(who)}"]`);
      if (tile && !this.of(who)) this.querySelector(".tiles").append(document.adoptNode(tile));
      this.querySelector(".tiles").classList.toggle("many", this.querySelectorAll(".tile").length > FEW);
      this.note();
    } catch {
      this.asked.delete(who); // the line is down: asked again with the next hint
    }
  }
}

customElements.define("live-call", LiveCall);
