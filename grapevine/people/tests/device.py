"""A device with a passkey, in software: makes a key, and shows it when asked."""

import hashlib
import json
import os

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from fido2 import cbor
from fido2.cose import ES256
from fido2.utils import websafe_decode, websafe_encode

PRESENT, VERIFIED, ATTESTED = 0x01, 0x04, 0x40
ORIGIN = "http://testserver"


class Device:
    """Holds one key. `make` and `show` answer as a browser would; `is_verified` is the finger, face or PIN."""

    def __init__(self):
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.id = os.urandom(16)
        self.uses = 0
        self.is_verified = True
        self.belongs_to = b""

    def make(self, options):
        """The answer to "make a key"."""
        self.belongs_to = websafe_decode(options["user"]["id"])
        public = cbor.encode(dict(ES256.from_cryptography_key(self.key.public_key())))
        attested = bytes(16) + len(self.id).to_bytes(2, "big") + self.id + public
        data = self._data(options["rp"]["id"], ATTESTED) + attested
        attestation = cbor.encode({"fmt": "none", "attStmt": {}, "authData": data})
        return self._answer(self._told("webauthn.create", options), attestationObject=attestation)

    def show(self, options):
        """The answer to "show the key"."""
        told, data = self._told("webauthn.get", options), self._data(options["rpId"])
        signature = self.key.sign(data + hashlib.sha256(told).digest(), ec.ECDSA(SHA256()))
        return self._answer(told, authenticatorData=data, signature=signature, userHandle=self.belongs_to)

    def _data(self, place, more=0):
        self.uses += 1
        flags = PRESENT | (VERIFIED if self.is_verified else 0) | more
        return hashlib.sha256(place.encode()).digest() + bytes([flags]) + self.uses.to_bytes(4, "big")

    def _told(self, kind, options):
        return json.dumps({"type": kind, "challenge": options["challenge"], "origin": ORIGIN}).encode()

    def _answer(self, told, **parts):
        response = {"clientDataJSON": told, **parts}
        name = websafe_encode(self.id)
        return json.dumps(
            {
                "id": name,
                "rawId": name,
                "type": "public-key",
                "response": {part: websafe_encode(value) for part, value in response.items()},
                "clientExtensionResults": {},
            }
        )
