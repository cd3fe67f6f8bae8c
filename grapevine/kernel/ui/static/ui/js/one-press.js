// <one-press>: a second press of the form inside does nothing while the first is on its way.
// The server keeps the same promise by the hidden `once` key; this only spares the wait and the worry.
const PATIENCE = 8000;

class OnePress extends HTMLElement {
  connectedCallback() {
    this.addEventListener("submit", (event) => this.press(event));
    this.addEventListener("htmx:finally:request", () => this.release());
    window.addEventListener("pageshow", () => this.release());
  }

  press(event) {
    if (this.isBusy) {
      event.preventDefault();
      event.stopImmediatePropagation();
      return;
    }
    this.isBusy = true;
    this.pressed = event.submitter;
    this.pressed?.setAttribute("aria-busy", "true");
    this.timer = setTimeout(() => this.release(), PATIENCE);
  }

  release() {
    clearTimeout(this.timer);
    this.isBusy = false;
    this.pressed?.removeAttribute("aria-busy");
  }
}

customElements.define("one-press", OnePress);
