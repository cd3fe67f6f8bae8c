import assert from "node:assert/strict";
import { test } from "node:test";
import { news, pause, verdict } from "./lib/live.mjs";

const part = (key, words) => `<input type="hidden" name="once" value="${key}"><p>${words}</p>`;

test("a part is swapped when its words changed, not when its keys did", () => {
  assert.equal(verdict(200, part("a", "hm"), part("b", "hm")), "nothing");
  assert.equal(verdict(200, part("a", "ah"), part("b", "hm")), "swap");
  assert.equal(verdict(502, "", part("b", "hm")), "nothing");
});

test("a part that is not there for us any more is left alone", () => {
  assert.deepEqual([401, 403, 404, 410].map((status) => verdict(status, "", "")), ["stop", "stop", "stop", "stop"]);
});

test("the socket is tried again, ever more patiently", () => {
  assert.deepEqual([0, 1, 4, 9].map(pause), [1000, 2000, 16000, 30000]);
});

test("only what is new is read out", () => {
  assert.equal(news(["Sanne asks"], ["Sanne asks", "Sanne has an idea"]), "Sanne has an idea");
  assert.equal(news(["Sanne asks"], ["Sanne asks"]), "");
});
