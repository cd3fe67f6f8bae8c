// <offline-tap [sealed]>: a form pressed in a tunnel waits in this browser and is sent once when the line is back.
import { draftName } from "lib/drafts";
import { enqueue, flush, waiting } from "lib/queue";

const person = document.documentElement.dataset.person ?? "";
const stores = [localStorage, sessionStorage];

class OfflineTap extends HTMLElement {
  connectedCallback() {
    this.addEventListener("submit", (event) => this.tap(event));
  }

  async tap(event) {
    const form = event.target;
    if (event.defaultPrevented || form.hasAttribute("hx-post")) return;
    event.preventDefault();
    const body = new FormData(form, event.submitter);
    try {
      await this.answer(form, await post(form.action, body));
    } catch {
      this.wait(form, body);
    }
  }

  /** Go where the server leads; or show the form again, with its errors. */
  async answer(form, response) {
    if (response.redirected) {
      form.dispatchEvent(new CustomEvent("draft:kept-by-server", { bubbles: true }));
      location.assign(response.url);
      return;
    }
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    const main = page.getElementById("main");
    if (!main) throw new Error("not a page of ours");
    document.getElementById("main").replaceWith(document.adoptNode(main));
    window.htmx?.process(main);
    document.getElementById("errors")?.focus();
  }

  wait(form, body) {
    const fields = [...body].filter(([, value]) => typeof value === "string");
    const storage = this.hasAttribute("sealed") ? sessionStorage : localStorage;
    const key = this.querySelector("keep-draft")?.getAttribute("key") ?? this.closest("keep-draft")?.getAttribute("key");
    enqueue(storage, { action: form.action, fields, once: body.get("once"), person, key });
    sessionStorage.removeItem("sending");
    show();
  }
}

function post(action, body) {
  return fetch(action, { method: "POST", body, headers: { "X-Grapevine-Tap": "1" } });
}

async function send(form) {
  const body = new FormData();
  for (const [name, value] of form.fields) body.append(name, value);
  return (await post(form.action, body)).status;
}

/** The line is back (or this page was opened): send what waits. */
async function deliver() {
  for (const storage of stores) {
    for (const [form, status] of await flush(storage, person, send)) {
      if (status >= 400) say("tap-refused");
      else {
        for (const each of stores) each.removeItem(draftName(person, form.key));
        say("tap-sent");
      }
    }
  }
  show();
}

/** A toast. Good news leaves by itself. */
function say(name) {
  document.getElementById("toasts").append(document.getElementById(name).content.cloneNode(true));
  const toast = document.getElementById("toasts").lastElementChild;
  if (!toast.matches(".error")) setTimeout(() => toast.remove(), 9000);
}

/** The quiet word at the top while something waits. */
function show() {
  const isWaiting = stores.some((storage) => waiting(storage).some((form) => form.person === person));
  const word = document.querySelector(".offline");
  if (isWaiting && !word) {
    document.body.append(document.getElementById("tap-waits").content.cloneNode(true));
  } else if (!isWaiting) word?.remove();
}

customElements.define("offline-tap", OfflineTap);
window.addEventListener("online", deliver);
setInterval(() => stores.some((storage) => waiting(storage).length) && deliver(), 15000);
deliver();
