import assert from "node:assert/strict";
import { test } from "node:test";
import { matching, moved, offers } from "./lib/palette.mjs";

const places = [
  { key: "today", title: "Today", url: "/" },
  { key: "ask", title: "Ask", url: "/ask/", icon: "q" },
  { key: "net", title: "My network", url: "/network/" },
  { key: "n", title: "Nøkler", url: "/keys/" },
];
const titles = (rows) => rows.map((row) => row.title);

test("beginnings of words fit, with or without accents", () => {
  assert.deepEqual(titles(matching(places, "net")), ["My network"]);
  assert.deepEqual(titles(matching(places, "NOK")), ["Nøkler"]);
  assert.deepEqual(titles(matching(places, "")), titles(places));
  assert.deepEqual(titles(matching(places, "n")), ["Nøkler", "My network"]);
});

test("what was typed can always be asked; a question comes before names", () => {
  const kinds = (typed) => offers(places, [{ name: "Sanne Vik", title: "Field", url: "/people/3/" }], typed).map((row) => row.kind);
  assert.deepEqual(kinds("sanne"), ["person", "ask"]);
  assert.deepEqual(kinds("who knows traces? "), ["ask", "person"]);
  assert.equal(offers(places, [], "who knows traces?")[0].url, "/ask/?words=who%20knows%20traces%3F");
});

test("the arrows go round", () => {
  assert.deepEqual([moved(2, "ArrowDown", 3), moved(0, "ArrowUp", 3), moved(1, "Home", 3), moved(0, "ArrowDown", 0)], [0, 2, 1, -1]);
});
