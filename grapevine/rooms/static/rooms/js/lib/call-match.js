// Which connection of theirs belongs to which of ours. Each connection carries a number of its own; a page that was
// opened anew, or a line that was made anew, has another one. Pure.

/** Who calls and who yields: of two, the one whose id sorts first calls. */
export function isFirst(me, them) {
  return Number(me) < Number(them);
}

/** What to do with a signal: `ignore` (meant for a line that is gone), `apply`, or `renew` (theirs is new, so must ours be).
 *  `line` is {mine, theirs, isFresh}, `signal` {mine, yours}: each side's number, and what it knows of the other's. */
export function judge(line, signal) {
  if (signal.yours && signal.yours !== line.mine) return "ignore";
  if (line.theirs && line.theirs !== signal.mine && !line.isFresh) return "renew";
  return "apply";
}

/** Who came, who left, and who is only out of sight: a line that still carries is kept for a while when the server was away. */
export function changes(known, { here, left, me }) {
  const others = here.filter((id) => id !== me);
  const missing = known.filter((id) => !others.includes(id));
  return {
    came: others.filter((id) => !known.includes(id)),
    left: missing.filter((id) => left === id),
    unseen: missing.filter((id) => left !== id),
  };
}
