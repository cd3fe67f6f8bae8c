// What a new step says is brought before the eyes of everybody who is not just writing.
const WRITING = ":is(textarea, input):focus";

/** Scroll the head of the stage into sight, where it is above. */
export function show(stage) {
  const head = stage.querySelector(".room-head");
  if (!head || head.getBoundingClientRect().top >= 0 || stage.querySelector(WRITING)?.value) return;
  const isCalm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  head.scrollIntoView({ behavior: isCalm ? "auto" : "smooth" });
}
