// <copy-text>: a text and a button that copies it. Without JavaScript the text can still be selected.
class CopyText extends HTMLElement {
  connectedCallback() {
    const button = this.querySelector("button");
    const label = button.querySelector("span");
    const before = label.textContent;
    button.hidden = false;
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(this.querySelector("input").value);
      label.textContent = button.dataset.done;
      setTimeout(() => (label.textContent = before), 2500);
    });
  }
}

customElements.define("copy-text", CopyText);
