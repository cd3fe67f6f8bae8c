import assert from "node:assert/strict";
import { test } from "node:test";
import { changes, isFirst, judge } from "./lib/call-match.mjs";
import { MOST_FACES, encoding, quality } from "./lib/call-quality.mjs";
import { fingerprintOf, fingerprintOfCertificate, holds, keyFrom, proof } from "./lib/call-seal.mjs";
import { loudness, speaks } from "./lib/call-speaking.mjs";

const hex = (byte) => Array(32).fill(byte).join(":");
const sdp = (...lines) => ["v=0", "m=audio 9 UDP/TLS/RTP/SAVPF 111", ...lines, ""].join("\r\n");
const line = (more) => ({ session: 5, from: "3", to: "9", isFirst: true, seen: { 3: `sha-256 ${hex("AA")}`, 9: `sha-256 ${hex("BB")}` }, ...more });
const key = await keyFrom(btoa("k".repeat(32)));

test("a description speaks of one certificate or of none that we take", () => {
  const one = `a=fingerprint:sha-256 ${hex("ab")}`;
  assert.equal(fingerprintOf(sdp(one, "m=video 9", one)), `sha-256 ${hex("AB")}`);
  assert.equal(fingerprintOf(sdp()), null);
  assert.equal(fingerprintOf(sdp(one, `a=fingerprint:sha-256 ${hex("cd")}`)), null);
  assert.equal(fingerprintOf(sdp(one, `a=fingerprint: sha-256 ${hex("cd")}`)), null);
  assert.equal(fingerprintOf(sdp(one, `a=fingerprint:sha-1 ${hex("cd")}`)), null);
});

test("a certificate is written as descriptions write it", async () => {
  const empty = "E3:B0:C4:42:98:FC:1C:14:9A:FB:F4:C8:99:6F:B9:24:27:AE:41:E4:64:9B:93:4C:A4:95:99:1B:78:52:B8:55";
  assert.equal(await fingerprintOfCertificate(new Uint8Array()), `sha-256 ${empty}`);
});

test("what one end says holds at the other when both see the same, and in nothing else", async () => {
  const said = await proof(key, line());
  assert.equal(await holds(key, line(), said), true);
  const others = [
    line({ session: 6 }),
    line({ from: "9", to: "3" }),
    line({ isFirst: false }),
    line({ to: "7", seen: { ...line().seen, 7: line().seen[9] } }),
    line({ seen: { ...line().seen, 3: `sha-256 ${hex("CC")}` } }),
    line({ seen: { ...line().seen, 9: `sha-256 ${hex("CC")}` } }),
  ];
  for (const other of others) assert.equal(await holds(key, other, said), false);
  assert.equal(await holds(await keyFrom(btoa("x".repeat(32))), line(), said), false);
  for (const nonsense of ["", "%%%", null, undefined, 7, {}]) assert.equal(await holds(key, line(), nonsense), false);
});

test("a picture gets smaller with every face, and all of them together fit a home line", () => {
  const steps = [2, 3, 4, 5, 6, 7, 8].map(quality);
  assert.deepEqual(steps.map((step) => step.height), [720, 480, 360, 270, 270, 180, 180]);
  for (let faces = 2; faces <= MOST_FACES; faces++) assert.ok(quality(faces).bits * (faces - 1) <= 1_600_000, `${faces}`);
  assert.deepEqual(quality(20), quality(8));
});

test("a small camera is not blown up", () => {
  assert.deepEqual(encoding(2, 480), { maxBitrate: 1_500_000, maxFramerate: 30, scaleResolutionDownBy: 1 });
  assert.equal(encoding(8, 720).scaleResolutionDownBy, 4);
});

test("somebody who takes a breath still speaks", () => {
  let state = { is: false, at: 0 };
  const told = [[0.01, 0], [0.02, 100], [0.05, 200], [0.02, 300], [0.001, 600], [0.001, 900], [0.001, 1100]].map(([loud, now]) => {
    state = speaks(state, loud, now);
    return state.is;
  });
  assert.deepEqual(told, [false, false, true, true, true, true, false]);
  assert.equal(loudness([]), 0);
  assert.equal(loudness([0.5, -0.5]), 0.5);
});

test("who is out of sight is not who left", () => {
  assert.deepEqual(changes(["2", "3", "4"], { here: ["1", "2", "5"], left: "4", me: "1" }), { came: ["5"], left: ["4"], unseen: ["3"] });
  assert.deepEqual([isFirst("3", "12"), isFirst("12", "3")], [true, false]);
});

/** Two ends that make connections anew whenever they like, over a line that is slow and loses messages while it is down. */
function twoEnds(random) {
  let numbers = 0;
  const wires = { a: [], b: [] };
  const ends = { a: {}, b: {} };
  const send = (me, kind) => wires[me === "a" ? "b" : "a"].push({ kind, mine: ends[me].mine, yours: ends[me].theirs });
  const renew = (me, theirs) => {
    ends[me] = { mine: `${me}${++numbers}`, theirs, isFresh: true };
    send(me, me === "a" ? "offer" : "hello");
  };
  const hear = (me) => {
    const signal = wires[me].shift();
    if (!signal) return;
    const verdict = judge(ends[me], signal);
    if (verdict === "ignore") return;
    if (verdict === "renew") renew(me, signal.mine);
    ends[me].theirs = signal.mine;
    if (signal.kind === "hello" && ends[me].isFresh) send(me, "offer");
    if (signal.kind !== "hello") ends[me].isFresh = false;
    if (signal.kind === "offer") send(me, "answer");
  };
  renew("a", null);
  renew("b", null);
  for (let step = 0; step < 40; step++) {
    const me = random() < 0.5 ? "a" : "b";
    if (random() < 0.15) renew(me, null);
    else if (random() < 0.1) wires.a.length = wires.b.length = 0;
    else hear(me);
  }
  wires.a.length = wires.b.length = 0;
  renew("a", null);
  renew("b", null);
  let rounds = 0;
  while ((wires.a.length || wires.b.length) && rounds++ < 60) hear(wires.a.length && (random() < 0.5 || !wires.b.length) ? "a" : "b");
  return { ...ends, rounds };
}

test("after any number of cuts both ends speak of the same two connections, and fall silent", () => {
  for (let seed = 1; seed <= 2000; seed++) {
    let state = seed;
    const random = () => (state = (state * 48271) % 2147483647) / 2147483647;
    const { a, b, rounds } = twoEnds(random);
    assert.ok(rounds < 60, `seed ${seed} talks on`);
    assert.deepEqual([a.theirs, b.theirs, a.isFresh, b.isFresh], [b.mine, a.mine, false, false], `seed ${seed}`);
  }
});
