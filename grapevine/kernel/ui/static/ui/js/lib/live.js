// When a live part asks again. Pure.
export const POLL = 5000;
export const AGAIN = 1500; // after a silence
export const HELD = 2000; // a press has been answered by then, or it takes long
export const REFUSED = 4404;

/** The number of what a hint is about; without one it may be about anything. */
export const number = (hint) => Number(/"seq": ?(\d+)/.exec(hint)?.[1] ?? Infinity);

/** The number of the last thing that a part shows which asks in this way. */
export const seen = (src) => Number(/[?&]seq=(\d+)/.exec(src)?.[1] ?? -1);

export const sleep = (time) => new Promise((wake) => setTimeout(wake, time));

/** How long to wait before the socket is tried again: 1, 2, 4 ... 30 seconds. */
export function pause(tries) {
  return Math.min(30000, 1000 * 2 ** tries);
}

/** What to do after an answer: `stop` when there is nothing for us any more, `swap` when there is news. */
export function verdict(status, text, last, shown = -1) {
  if ([401, 403, 404, 410].includes(status)) return "stop";
  if (status !== 200 || unkeyed(text) === unkeyed(last)) return "nothing";
  if (seen(text) > -1 && seen(text) < shown) return "nothing"; // a press has been answered meanwhile
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
