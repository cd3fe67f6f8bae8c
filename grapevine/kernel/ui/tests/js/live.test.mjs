import assert from "node:assert/strict";
import { test } from "node:test";
import { news, number, pause, seen, verdict } from "./lib/live.mjs";

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

test("a hint says the number of what happened, or that it may be anything", () => {
  assert.deepEqual(['{"seq": 12}', '{"seq":7}', "changed", '{"call": [1]}'].map(number), [12, 7, Infinity, Infinity]);
});

test("a part that asks by a number has seen all up to it", () => {
  assert.deepEqual(["/x/?seq=12.3.4&has=a", "/x/?seq=", "/x/", "/x/?a=1&seq=5"].map(seen), [12, -1, -1, 5]);
});

test("an answer that is older than what is shown is not shown", () => {
  const stage = (number) => `<div data-src="/x/?seq=${number}.1"></div>`;
  assert.deepEqual([4, 5, 6].map((number) => verdict(200, stage(number), "", 5)), ["nothing", "swap", "swap"]);
});
