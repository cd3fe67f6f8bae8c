/** A text box as tall as what is in it, for browsers without `field-sizing`. */
export function grow(box) {
  if (box.scrollHeight <= box.clientHeight) return;
  box.rows += Math.ceil((box.scrollHeight - box.clientHeight) / lineHeight(box));
}

function lineHeight(box) {
  return parseFloat(getComputedStyle(box).lineHeight) || 24;
}
