// htmx, fetched when a page first needs it: a page that only shows something weighs nothing for it.
let coming;

/** htmx itself. When the line is down it is asked for again the next time. */
export function fetched() {
  coming ??= new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = import.meta.resolve("htmx");
    script.addEventListener("load", () => resolve(window.htmx));
    script.addEventListener("error", () => reject(new Error("no line")));
    document.head.append(script);
  }).catch((error) => {
    coming = undefined;
    throw error;
  });
  return coming;
}
