// <key-sheet>: all keys on one sheet, opened by "?".
class KeySheet extends HTMLElement {
  connectedCallback() {
    this.append(document.getElementById("keys").content.cloneNode(true));
    this.dialog = this.querySelector("dialog");
  }

  open() {
    if (!this.dialog.open) this.dialog.showModal();
  }
}

customElements.define("key-sheet", KeySheet);
