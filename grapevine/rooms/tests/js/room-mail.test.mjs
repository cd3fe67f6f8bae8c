import assert from "node:assert/strict";
import { mock, test } from "node:test";
import { RoomMail } from "./lib/room-mail.mjs";

globalThis.FormData = class extends Map {
  constructor(form) {
    super(Object.entries(form.says));
  }
};
mock.timers.enable({ apis: ["setTimeout"] });

function room(...statuses) {
  const [sent, told] = [[], []];
  globalThis.fetch = async (action, { body }) => {
    sent.push([body.get("once"), body.get("words")]);
    const status = statuses.shift();
    if (!status) throw new TypeError("no line");
    return { status, text: async () => "" };
  };
  return { sent, told, mail: new RoomMail((form, status, text, isWaiting) => told.push([status, isWaiting])) };
}

function form(once, words, action = "/rooms/1/say/") {
  const box = { name: "words", value: words };
  const reset = () => (box.value = "");
  return { action, says: { once, words }, box, querySelectorAll: () => [box], reset, dispatchEvent: () => true };
}

async function aSecond() {
  mock.timers.tick(1000);
  await new Promise((done) => setImmediate(done));
}

test("what is said into the dark goes by itself, with the key of its press, until it arrives", async () => {
  const { mail, sent, told } = room(0, 503, 201);
  const box = form("a", "Since when?");
  await mail.post(box);
  await aSecond();
  await aSecond();
  await aSecond();
  assert.deepEqual(sent, Array(3).fill(["a", "Since when?"]));
  assert.deepEqual(told, [[0, true], [0, true], [201, false]]);
  assert.equal(box.box.value, "");
});

test("pressed again it is still the same press; what was written on meanwhile stays", async () => {
  const { mail, sent } = room(0, 0, 201);
  const box = form("a", "Since when?");
  await mail.post(box);
  box.says = { once: "b", words: "Since when, and why?" };
  await mail.post(box);
  box.box.value = "Something else";
  await aSecond();
  assert.deepEqual(sent.at(-1), ["a", "Since when, and why?"]);
  assert.equal(box.box.value, "Something else");
});

test("a press of the dock does not come late", async () => {
  const { mail, sent, told } = room(0);
  await mail.post(form("a", "", "/rooms/1/do/"));
  await aSecond();
  assert.deepEqual([sent.length, told], [1, [[0, false]]]);
});
