// <keep-draft key="ask" [sealed]>: what is typed in the form inside is kept until the server has it.
// Sealed words stay in this tab only (sessionStorage) and are gone when it closes.
import { draftName, forget, keep, putBack, recall, sending, valuesOf } from "lib/drafts";

class KeepDraft extends HTMLElement {
  connectedCallback() {
    this.form = this.querySelector("form");
    if (!this.form || this.isReady) return;
    this.isReady = true;
    this.person = document.documentElement.dataset.person ?? "";
    this.storage = this.hasAttribute("sealed") ? sessionStorage : localStorage;
    this.name = draftName(this.person, this.getAttribute("key"));
    this.base = valuesOf(this.form.elements);
    this.restore();
    this.form.addEventListener("input", () => this.save());
    this.form.addEventListener("submit", () => sending(sessionStorage, this.getAttribute("key")));
    this.form.addEventListener("htmx:after:request", (event) => this.answered(event.detail.ctx));
    this.form.addEventListener("draft:kept-by-server", () => this.arrived());
  }

  save() {
    keep(this.storage, this.name, valuesOf(this.form.elements), this.base, Date.now());
  }

  restore() {
    const values = recall(this.storage, this.name, this.base, Date.now());
    if (!values || this.form.querySelector(".errors")) return;
    if (putBack(this.form.elements, values)) this.tell();
  }

  /** Say that this is what was typed before, and offer the empty form. */
  tell() {
    this.form.prepend(document.getElementById("draft-line").content.cloneNode(true));
    const line = this.form.firstElementChild;
    line.querySelector("button").addEventListener("click", () => {
      putBack(this.form.elements, this.base);
      this.arrived();
      line.remove();
    });
  }

  answered(ctx) {
    sessionStorage.removeItem("sending");
    if (ctx.response && ctx.response.status < 400 && !ctx.text?.includes('class="errors"')) this.arrived();
  }

  arrived() {
    forget({ local: localStorage, session: sessionStorage, person: this.person }, this.getAttribute("key"));
  }
}

customElements.define("keep-draft", KeepDraft);
