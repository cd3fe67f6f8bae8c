// When a live part asks again. Pure.
export const POLL = 5000;
export const AGAIN = 1500; // after a silence
export const REFUSED = 4404;

/** How long to wait before the socket is tried again: 1, 2, 4 ... 30 seconds. */
export function pause(tries) {
  return Math.min(30000, 1000 * 2 ** tries);
}

/** What to do after an answer: `stop` when there is nothing for us any more, `swap` when there is news. */
export function verdict(status, text, last) {
  if ([401, 403, 404, 410].includes(status)) return "stop";
  if (status !== 200 || unkeyed(text) === unkeyed(last)) return "nothing";
  return "swap";
}

/** The answer without what differs each time: the keys of its forms. */
export function unkeyed(text) {
  return text.replace(/(name="(?:once|csrfmiddlewaretoken)" value=")[^"]*/g, "$1");
}

/** The news to read out: the last `data-news` that was not there before. */
export function news(before, after) {
  const told = new Set(before);
  return after.filter((each) => !told.has(each)).at(-1) ?? "";
}
