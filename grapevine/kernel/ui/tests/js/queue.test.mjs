import assert from "node:assert/strict";
import { test } from "node:test";
import { enqueue, flush, waiting } from "./lib/queue.mjs";

function storage() {
  const kept = {};
  return { getItem: (name) => kept[name] ?? null, setItem: (name, text) => (kept[name] = text), removeItem: (name) => delete kept[name] };
}

const press = (once, person = "7") => ({ once, person, action: "/ask/", fields: [["words", "hm"]] });

test("the same press waits once", () => {
  const store = storage();
  enqueue(store, press("a"));
  enqueue(store, press("a"));
  assert.equal(waiting(store).length, 1);
});

test("presses go out in order, each once, and only the person's own", async () => {
  const store = storage();
  for (const form of [press("a"), press("b", "8"), press("c")]) enqueue(store, form);
  const sent = [];
  await flush(store, "7", async (form) => (sent.push(form.once), 200));
  assert.deepEqual(sent, ["a", "c"]);
  assert.deepEqual(waiting(store).map((form) => form.once), ["b"]);
});

test("silence ends the round and loses nothing", async () => {
  const store = storage();
  enqueue(store, press("a"));
  const answered = await flush(store, "7", async () => { throw new TypeError("down"); });
  assert.deepEqual([answered, waiting(store).length], [[], 1]);
});

test("a broken server keeps it waiting, a refusal does not", async () => {
  const store = storage();
  enqueue(store, press("a"));
  await flush(store, "7", async () => 503);
  assert.equal(waiting(store).length, 1);
  assert.equal((await flush(store, "7", async () => 403))[0][1], 403);
  assert.equal(waiting(store).length, 0);
});
