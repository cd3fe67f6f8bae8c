import assert from "node:assert/strict";
import { test } from "node:test";
import { draftName, keep, putBack, recall, sending, settle, valuesOf } from "./lib/drafts.mjs";

const DAY = 24 * 3600 * 1000;

class Storage {
  setItem(name, text) { this[name] = text; }
  getItem(name) { return this[name] ?? null; }
  removeItem(name) { delete this[name]; }
}

const page = (more = {}) => ({
  local: new Storage(), session: new Storage(), person: "7", navigation: "navigate", referrer: "/ask/", isRefused: false, failed: [], now: DAY, ...more,
});

function typed(storage, words = "half a thought") {
  keep(storage, draftName("7", "ask"), { words }, { words: "" }, DAY);
}

test("a draft comes back, until the server's own text has moved on or two weeks have gone", () => {
  const storage = new Storage();
  typed(storage);
  assert.deepEqual(recall(storage, "draft:7:ask", { words: "" }, 2 * DAY), { words: "half a thought" });
  assert.equal(recall(storage, "draft:7:ask", { words: "newer" }, 2 * DAY), null);
  typed(storage);
  assert.equal(recall(storage, "draft:7:ask", { words: "" }, 16 * DAY), null);
});

test("what equals the server's text is no draft", () => {
  const storage = new Storage();
  typed(storage, "");
  assert.deepEqual(Object.keys(storage), []);
});

test("a draft is forgotten on the page that answers it", () => {
  const here = page();
  typed(here.local);
  sending(here.session, "ask");
  settle(here);
  assert.deepEqual(Object.keys(here.local), []);
});

for (const [why, circumstances] of Object.entries({
  "the person went back": { navigation: "back_forward" },
  "the address was typed": { referrer: "" },
  "the press was refused": { isRefused: true },
  "the form came back with errors": { failed: ["ask"] },
})) {
  test(`a draft is kept when ${why}`, () => {
    const here = page(circumstances);
    typed(here.local);
    sending(here.session, "ask");
    settle(here);
    assert.deepEqual(Object.keys(here.local), ["draft:7:ask"]);
  });
}

test("drafts of somebody else on this machine are dropped", () => {
  const here = page({ person: "8" });
  typed(here.local);
  settle(here);
  assert.deepEqual(Object.keys(here.local), []);
});

test("a page that knows nobody drops nothing but the old", () => {
  const here = page({ person: "" });
  typed(here.local);
  settle(here);
  assert.deepEqual(Object.keys(here.local), ["draft:7:ask"]);
});

test("choices are values too; hidden keys and passwords are not", () => {
  const fields = [
    { name: "words", type: "textarea", value: "hm" },
    { name: "kind", type: "radio", value: "think", checked: true },
    { name: "kind", type: "radio", value: "show", checked: false },
    { name: "once", type: "hidden", value: "k" },
    { name: "code", type: "password", value: "secret" },
  ];
  assert.deepEqual(valuesOf(fields), { words: "hm", kind: ["think"] });
  assert.equal(putBack(fields, { words: "hm", kind: ["show"] }), true);
  assert.deepEqual(fields.map((field) => field.checked), [undefined, false, true, undefined, undefined]);
  assert.equal(putBack(fields, { words: "hm", kind: ["show"] }), false);
});
