// <passkey-door kind="get|create" options="address" or data="id">: asks the browser for a passkey and sends the form.
// Hidden where the browser has none; a code from the mail opens the same door.
import { answerOf, questionFrom } from "lib/passkey";

class PasskeyDoor extends HTMLElement {
  connectedCallback() {
    this.hidden = !window.PublicKeyCredential;
    this.form = this.querySelector("form");
    this.querySelector("button")?.addEventListener("click", () => this.open());
  }

  async open() {
    const refused = this.querySelector(".refused");
    refused.hidden = true;
    try {
      const question = questionFrom(await this.question());
      const key = await navigator.credentials[this.getAttribute("kind")]({ publicKey: question });
      this.form.elements.credential.value = JSON.stringify(answerOf(key));
      this.form.submit();
    } catch {
      refused.hidden = false;
    }
  }

  async question() {
    const kept = document.getElementById(this.getAttribute("data"));
    const said = kept ? JSON.parse(kept.textContent) : await this.fetched();
    return { ...(said.creation_options ?? said.request_options).publicKey };
  }

  async fetched() {
    const answer = await fetch(this.getAttribute("options"), { headers: { Accept: "application/json" } });
    if (!answer.ok) throw new Error("no question");
    return answer.json();
  }
}

customElements.define("passkey-door", PasskeyDoor);
