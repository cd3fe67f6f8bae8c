// <command-palette>: go anywhere, find anybody, ask anything. A combobox with a list, in a dialog.
import { moved, offers } from "lib/palette";

const WAIT = 180;

class CommandPalette extends HTMLElement {
  connectedCallback() {
    this.append(document.getElementById("palette").content.cloneNode(true));
    this.dialog = this.querySelector("dialog");
    this.input = this.querySelector("input");
    this.list = this.querySelector("[role=listbox]");
    this.places = JSON.parse(document.getElementById("palette-places").textContent);
    this.people = [];
    this.input.addEventListener("input", () => this.typed());
    this.input.addEventListener("keydown", (event) => this.key(event));
    this.list.addEventListener("click", (event) => this.go(event.target.closest("[role=option]")));
    this.list.addEventListener("pointermove", (event) => this.point(event.target.closest("[role=option]")));
  }

  open() {
    if (this.dialog.open) return this.dialog.close();
    this.input.value = "";
    this.people = [];
    this.dialog.showModal();
    this.show();
  }

  typed() {
    this.people = [];
    this.show();
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.find(this.input.value.trim()), WAIT);
  }

  async find(words) {
    const place = this.places.find((each) => each.key === "people");
    if (!place || words.length < 2) return;
    try {
      const response = await fetch(`${place.url}find/?q=${encodeURIComponent(words)}`, { headers: { Accept: "application/json" } });
      const people = response.ok ? await response.json() : [];
      if (words !== this.input.value.trim()) return;
      this.people = people;
      this.show();
    } catch {
      // without a line there are still the places
    }
  }

  show() {
    const rows = offers(this.places, this.people, this.input.value);
    this.list.replaceChildren(...rows.map((row, at) => this.option(row, at)));
    this.list.hidden = rows.length === 0;
    this.input.setAttribute("aria-expanded", String(rows.length > 0));
    this.querySelector(".none").hidden = rows.length > 0;
    this.mark(rows.length ? 0 : -1);
  }

  option(row, at) {
    const option = document.createElement("div");
    Object.assign(option, { id: `palette-${at}`, role: "option" });
    option.dataset.url = row.url;
    const icon = this.querySelector("svg").cloneNode(true);
    const use = icon.querySelector("use");
    use.setAttribute("href", use.getAttribute("href").replace(/#.*/, `#${row.icon}`));
    const name = Object.assign(document.createElement("span"), { textContent: row.title });
    if (row.kind === "ask") name.className = "said-words";
    const note = Object.assign(document.createElement("small"), { textContent: row.kind === "ask" ? this.list.dataset.ask : (row.note ?? "") });
    option.append(icon, name, note);
    return option;
  }

  mark(at) {
    this.at = at;
    [...this.list.children].forEach((option, each) => option.setAttribute("aria-selected", String(each === at)));
    const chosen = this.list.children[at];
    this.input.setAttribute("aria-activedescendant", chosen?.id ?? "");
    chosen?.scrollIntoView({ block: "nearest" });
  }

  point(option) {
    const at = [...this.list.children].indexOf(option);
    if (option && at !== this.at) this.mark(at);
  }

  key(event) {
    if (event.isComposing) return;
    if (event.key === "Enter") {
      event.preventDefault();
      this.go(this.list.children[this.at]);
    } else if (["ArrowDown", "ArrowUp"].includes(event.key)) {
      event.preventDefault();
      this.mark(moved(this.at, event.key, this.list.children.length));
    }
  }

  go(option) {
    if (!option) return;
    this.dialog.close();
    location.assign(option.dataset.url);
  }
}

customElements.define("command-palette", CommandPalette);
