// What a hand that carries somebody over the cards means.
const A_SHAKE = 6; // pixels a hand moves without meaning it

/** Whether a hand moved so far that it carries. */
export function isFar(x, y) {
  return Math.hypot(x, y) > A_SHAKE;
}

/** The card among the elements under the hand, other than the one the person comes from; null over no other card. */
export function placeUnder(elements, person) {
  const card = elements.map((each) => each.closest("[data-circle]")).find(Boolean) ?? null;
  return card && !card.contains(person) ? card : null;
}
