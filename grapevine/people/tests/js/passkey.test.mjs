import assert from "node:assert/strict";
import test from "node:test";
import { answerOf, bytes, questionFrom, words } from "./lib/passkey.mjs";

const buffer = (...signs) => Uint8Array.from(signs).buffer;

test("bytes and words are each other's way back", () => {
  assert.equal(words(buffer(251, 255, 0)), "-_8A");
  assert.deepEqual([...bytes("-_8A")], [251, 255, 0]);
  assert.equal(words(buffer(1)), "AQ");
  assert.deepEqual([...bytes("AQ")], [1]);
});

test("a new key is asked for finger, face or PIN, and is found without a name", () => {
  const question = questionFrom({
    challenge: "AQ", user: { id: "Ag", name: "mira@halden.example" }, rp: { id: "localhost" },
    authenticatorSelection: { residentKey: "discouraged" }, excludeCredentials: [{ type: "public-key", id: "Aw" }],
  });
  assert.deepEqual([...question.challenge], [1]);
  assert.deepEqual([...question.user.id], [2]);
  assert.deepEqual([...question.excludeCredentials[0].id], [3]);
  assert.deepEqual(question.authenticatorSelection, {
    residentKey: "required", requireResidentKey: true, userVerification: "required",
  });
});

test("a key that is there is asked as the server says", () => {
  const said = { challenge: "AQ", rpId: "localhost", userVerification: "required", allowCredentials: [] };
  assert.deepEqual(questionFrom(said), { ...said, challenge: bytes("AQ") });
});

test("the answer carries what the browser gave, and nothing else", () => {
  const key = {
    id: "AQ", rawId: buffer(1), type: "public-key", getClientExtensionResults: () => ({}),
    response: { clientDataJSON: buffer(2), authenticatorData: buffer(3), signature: buffer(4), userHandle: null },
  };
  assert.deepEqual(answerOf(key), {
    id: "AQ", rawId: "AQ", type: "public-key", clientExtensionResults: {},
    response: { clientDataJSON: "Ag", authenticatorData: "Aw", signature: "BA" },
  });
});
