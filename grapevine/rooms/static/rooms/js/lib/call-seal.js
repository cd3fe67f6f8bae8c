// Both ends of a line prove that they see the same two certificates, with a key that whatever carries their messages
// does not have. Nothing of a call is sent or shown before. Pure but for WebCrypto.
const LETTERS = new TextEncoder();
const HMAC = { name: "HMAC", hash: "SHA-256" };
const WHOLE = /^a=fingerprint:(sha-(?:256|384|512)) ((?:[0-9a-f]{2}:){31,63}[0-9a-f]{2})\r?$/gim;
const ANY = /fingerprint/gi;

/** The one certificate that a description speaks of, or null when it names none, several, or one in a way we do not know. */
export function fingerprintOf(sdp) {
  const found = [...sdp.matchAll(WHOLE)].map(([, kind, hex]) => `${kind.toLowerCase()} ${hex.toUpperCase()}`);
  const isPlain = found.length > 0 && found.length === [...sdp.matchAll(ANY)].length;
  return isPlain && new Set(found).size === 1 ? found[0] : null;
}

/** The fingerprint of a certificate itself, as descriptions write it. */
export async function fingerprintOfCertificate(der) {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", der));
  return `sha-256 ${[...digest].map((byte) => byte.toString(16).padStart(2, "0").toUpperCase()).join(":")}`;
}

/** The key of the call, from base64; it cannot be read out again. */
export function keyFrom(text) {
  return crypto.subtle.importKey("raw", bytes(text), HMAC, false, ["sign", "verify"]);
}

/** What `from` says to `to` about the line between them. `seen` are the certificates by the id of their owner. */
export async function proof(key, line) {
  return btoa(String.fromCharCode(...new Uint8Array(await crypto.subtle.sign(HMAC, key, said(line)))));
}

/** Whether that is what `from` would say to `to` if it saw what we see. */
export async function holds(key, line, text) {
  try {
    return await crypto.subtle.verify(HMAC, key, bytes(text), said(line));
  } catch {
    return false; // not base64
  }
}

function said({ session, from, to, isFirst, seen }) {
  return LETTERS.encode(JSON.stringify(["grapevine call 1", session, from, to, isFirst ? "first" : "second", seen[from], seen[to]]));
}

function bytes(text) {
  return Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
}
