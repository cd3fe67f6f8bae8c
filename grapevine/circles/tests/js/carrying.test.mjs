import assert from "node:assert/strict";
import { test } from "node:test";
import { isFar, placeUnder } from "./lib/carrying.mjs";

const card = (...people) => ({ contains: (one) => people.includes(one) });
const on = (place) => ({ closest: () => place });

test("a hand that trembles carries nobody", () => {
  assert.deepEqual([isFar(0, 0), isFar(4, -4), isFar(-7, 0), isFar(5, 5)], [false, false, true, true]);
});

test("somebody is put on another card, never on their own and never beside all", () => {
  const [mira, here, there] = ["mira", card("mira"), card()];
  assert.equal(placeUnder([on(null), on(there), on(here)], mira), there);
  assert.equal(placeUnder([on(here), on(there)], mira), null);
  assert.equal(placeUnder([on(null)], mira), null);
});
