// Runs on every page: brings the custom elements that are on it, the keys, and what opens on a press.
const map = JSON.parse(document.querySelector("script[type=importmap]").textContent).imports;
const asked = new Set();

/** Import the module of each custom element that is on the page and not yet known. */
function bring(root) {
  if (root.querySelector("[hx-get], [hx-post]")) import("lib/htmx").then(({ fetched }) => fetched());
  for (const element of root.querySelectorAll(":not(:defined)")) {
    const name = `element/${element.localName}`;
    if (name in map && !asked.has(name)) {
      asked.add(name);
      import(name);
    }
  }
}

// Before any form is brought to life: a draft that has arrived must not come back.
const kept = [localStorage, sessionStorage].flatMap((storage) => Object.keys(storage));
if (kept.some((name) => name.startsWith("draft:") || name === "sending")) {
  const { settle } = await import("lib/drafts");
  settle({
    local: localStorage,
    session: sessionStorage,
    person: document.documentElement.dataset.person ?? "",
    navigation: performance.getEntriesByType("navigation")[0]?.type ?? "navigate",
    referrer: document.referrer,
    isRefused: Boolean(document.querySelector("meta[name=refused]")),
    failed: [...document.querySelectorAll("keep-draft:has(.errors, .summary)")].map((draft) => draft.getAttribute("key")),
    now: Date.now(),
  });
}

bring(document);
new MutationObserver((changes) => {
  for (const change of changes) {
    for (const node of change.addedNodes) if (node.parentElement) bring(node.parentElement);
  }
}).observe(document.body, { childList: true, subtree: true });

/** Elements that no page carries are made when they are first wanted. */
async function open(name) {
  await import(`element/${name}`);
  const element = document.querySelector(name) ?? document.body.appendChild(document.createElement(name));
  element.open();
}

const opened = { palette: () => open("command-palette"), keys: () => open("key-sheet") };
const isTyping = (target) => target.closest("input, textarea, select, [contenteditable]");

document.addEventListener("keydown", (event) => {
  if ((event.ctrlKey || event.metaKey) && !event.altKey && event.key.toLowerCase() === "k" && document.getElementById("palette")) {
    event.preventDefault();
    opened.palette();
  } else if (event.key === "?" && !event.ctrlKey && !event.metaKey && !isTyping(event.target) && document.getElementById("keys")) {
    event.preventDefault();
    opened.keys();
  } else if ((event.ctrlKey || event.metaKey) && event.key === "Enter" && event.target.matches("form textarea")) {
    event.target.form.requestSubmit();
  }
});

document.addEventListener("click", (event) => {
  event.target.closest(".toast .close")?.closest(".toast").remove();
  const opener = event.target.closest("[data-opens]");
  if (opener) {
    const name = opener.dataset.opens;
    opened[name] ? opened[name]() : document.getElementById(name)?.showModal();
  } else if (event.target.matches?.("dialog:modal")) {
    event.target.close(); // a press on the veil
  }
});

for (const button of document.querySelectorAll("[data-opens][hidden]")) button.hidden = false;
document.getElementById("errors")?.focus();

// Good news leaves by itself; what went wrong stays until it is put away.
for (const toast of document.querySelectorAll(".toast")) {
  const away = () => (toast.matches(":hover, :focus-within") ? setTimeout(away, 4000) : toast.remove());
  if (!toast.matches(".error")) setTimeout(away, 9000);
}

if (!CSS.supports("field-sizing", "content")) {
  const { grow } = await import("lib/grow");
  for (const box of document.querySelectorAll("textarea")) grow(box);
  document.addEventListener("input", (event) => event.target.matches("textarea") && grow(event.target));
}

if (kept.includes("queue")) import("element/offline-tap");
