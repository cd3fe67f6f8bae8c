// <circle-cards>: take somebody by face or name and carry them to another card. What happens is what the form under the cards
// does: choose a name, choose where, press Move. So hands, keys and browsers without scripts all go one way; with scripts the
// answer takes the place of the cards, and nobody loses their place on the page.
import { fetched } from "lib/htmx";
import { isFar, placeUnder } from "lib/carrying";

const UNCLEAR = 422; // refused, with the reason on the cards

class CircleCards extends HTMLElement {
  connectedCallback() {
    this.classList.add("can-drag");
    this.addEventListener("pointerdown", (event) => this.take(event));
    this.addEventListener("pointermove", (event) => this.carry(event));
    this.addEventListener("pointerup", (event) => this.put(event));
    this.addEventListener("pointercancel", () => this.drop());
    this.addEventListener("submit", (event) => this.send(event));
    this.addEventListener("keydown", (event) => event.key === "Escape" && this.drop());
  }

  take(event) {
    const person = event.target.closest("[data-who]");
    if (!person?.querySelector("[name=who]") || event.button || event.target.closest("input")) return;
    this.held = { person, x: event.clientX, y: event.clientY };
    event.preventDefault();
  }

  carry(event) {
    if (!this.held) return;
    const [x, y] = [event.clientX - this.held.x, event.clientY - this.held.y];
    if (!this.held.isCarried && !isFar(x, y)) return;
    if (!this.held.isCarried) this.held.person.setPointerCapture(event.pointerId); // before, it may be a tap that chooses
    this.held.isCarried = true;
    this.held.person.classList.add("carried");
    this.held.person.style.translate = `${x}px ${y}px`;
    this.point(this.cardAt(event));
  }

  put(event) {
    const { person, isCarried } = this.held ?? {};
    const card = isCarried && this.cardAt(event);
    this.drop();
    if (card) this.move(person, card.dataset.circle);
  }

  /** Press what a hand on the keyboard would press. */
  move(person, to) {
    const form = this.querySelector("#move");
    person.querySelector("[name=who]").checked = true;
    form.elements.to.value = to;
    this.moved = person.dataset.who; // they keep the focus where they are put
    form.requestSubmit();
  }

  async send(event) {
    const form = event.target;
    event.preventDefault();
    const [moved, body] = [this.moved, new FormData(form, event.submitter)];
    this.moved = null;
    const answer = await fetch(form.action, { method: "POST", body, headers: { "HX-Request": "true" } }).catch(() => null);
    form.dispatchEvent(new CustomEvent("htmx:finally:request", { bubbles: true }));
    if (!answer) return this.say(this.dataset.cut);
    if (answer.redirected || !(answer.ok || answer.status === UNCLEAR)) return location.reload(); // somebody was here before: look anew
    const [htmx, text] = [await fetched(), await answer.text()];
    form.reset();
    await htmx.swap({ target: this.closest("#cards"), sourceElement: this, text, swap: "outerMorph" });
    moved && document.querySelector(`#cards [name=who][value="${moved}"]`)?.focus();
  }

  /** What went wrong on the way, where the outcome is said, too. */
  say(words) {
    const line = document.createElement("p");
    line.textContent = words;
    document.querySelector("#cards-said").replaceChildren(line);
  }

  cardAt(event) {
    return placeUnder(document.elementsFromPoint(event.clientX, event.clientY), this.held?.person);
  }

  point(card) {
    for (const each of this.querySelectorAll(".takes")) each.classList.remove("takes");
    card?.classList.add("takes");
  }

  drop() {
    this.point(null);
    this.held?.person.classList.remove("carried");
    this.held?.person.style.removeProperty("translate");
    this.held = null;
  }
}

customElements.define("circle-cards", CircleCards);
