// What server and browser say to each other about a passkey: base64url in JSON on one side, bytes on the other.

export function questionFrom(said) {
  const question = { ...said, challenge: bytes(said.challenge) };
  if (said.user) {
    question.user = { ...said.user, id: bytes(said.user.id) };
    // a key that is found without a name, and that asks for finger, face or PIN
    question.authenticatorSelection = {
      ...said.authenticatorSelection, residentKey: "required", requireResidentKey: true, userVerification: "required",
    };
  }
  for (const list of ["allowCredentials", "excludeCredentials"]) {
    if (said[list]) question[list] = said[list].map((key) => ({ ...key, id: bytes(key.id) }));
  }
  return question;
}

export function answerOf(key) {
  const response = { clientDataJSON: words(key.response.clientDataJSON) };
  for (const part of ["attestationObject", "authenticatorData", "signature", "userHandle"]) {
    if (key.response[part]) response[part] = words(key.response[part]);
  }
  if (key.response.getTransports) response.transports = key.response.getTransports();
  return {
    id: key.id, rawId: words(key.rawId), type: key.type, response,
    clientExtensionResults: key.getClientExtensionResults(),
  };
}

export function bytes(base64url) {
  const plain = atob(base64url.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(plain, (sign) => sign.charCodeAt(0));
}

export function words(buffer) {
  const plain = String.fromCharCode(...new Uint8Array(buffer));
  return btoa(plain).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}
