"""Who sealed a bundle: an Ed25519 key in the user's configuration folder, and DSSE envelopes."""

import base64
import binascii
import hashlib
import json
import os
import stat
import tempfile
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from adapters.errors import InputRefused
from adapters.journal import BadRecord, Json, decode, encode

KEY_FILE = "signing.key"
PUBLIC_FILE = "signing.pub"
FINGERPRINT_SHOWN = 16
READABLE_BY_OTHERS = stat.S_IRWXG | stat.S_IRWXO
WRITABLE_BY_OTHERS = stat.S_IWGRP | stat.S_IWOTH


class KeyRefused(InputRefused):
    """A key file that cannot be used; the message says what to do."""


class SignatureRefused(InputRefused):
    """An envelope that is not written as we write it, or whose signature does not fit."""


def key_directory(environment: Mapping[str, str]) -> Path:
    """Where the key of this user belongs: $XDG_CONFIG_HOME/assay or ~/.config/assay."""
    configured = Path(environment.get("XDG_CONFIG_HOME", ""))
    # XDG Base Directory Specification: a relative path is invalid and is passed over.
    base = configured if configured.is_absolute() else Path.home() / ".config"
    return base / "assay"


def fingerprint(public: bytes) -> str:
    """The SHA-256 of a raw public key, 64 hex digits."""
    return hashlib.sha256(public).hexdigest()


def short_fingerprint(public: bytes) -> str:
    """As much of the fingerprint as is shown to people."""
    return fingerprint(public)[:FINGERPRINT_SHOWN]


@dataclass(frozen=True, slots=True)
class SigningKey:
    """A private key; `public` is its raw public key, 32 bytes."""

    private: Ed25519PrivateKey

    @classmethod
    def load_or_create(cls, directory: Path | None = None) -> "SigningKey":
        """The key of this directory (the user's own by default), made on first use.

        KeyRefused if others could read or replace it.
        """
        directory = directory or key_directory(os.environ)
        _check_directory(directory)
        path = directory / KEY_FILE
        if not path.exists():
            cls._create(path)
        key = cls._load(path)
        published = directory / PUBLIC_FILE
        if not published.exists() or published.read_bytes() != key.public_pem:
            published.write_bytes(key.public_pem)
        return key

    @classmethod
    def _create(cls, path: Path) -> None:
        """A new key at this path, whole or not at all; of two that are made at once one stays."""
        pem = Ed25519PrivateKey.generate().private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
        # mkstemp: mode 600, and nobody else's file.
        handle, draft = tempfile.mkstemp(dir=path.parent)
        with os.fdopen(handle, "wb") as file:
            file.write(pem)
            file.flush()
            os.fsync(file.fileno())
        with suppress(FileExistsError):
            os.link(draft, path)
        Path(draft).unlink()

    @classmethod
    def _load(cls, path: Path) -> "SigningKey":
        if path.stat().st_mode & READABLE_BY_OTHERS:
            raise KeyRefused(f"{path} can be read by others; run: chmod 600 {path}")
        try:
            private = serialization.load_pem_private_key(path.read_bytes(), password=None)
        except (ValueError, TypeError, UnsupportedAlgorithm) as refused:
            raise KeyRefused(f"{path} holds no signing key that this release can read") from refused
        if not isinstance(private, Ed25519PrivateKey):
            raise KeyRefused(f"{path} holds a key of another kind than Ed25519")
        return cls(private)

    @property
    def public(self) -> bytes:
        return self.private.public_key().public_bytes_raw()

    @property
    def public_pem(self) -> bytes:
        return self.private.public_key().public_bytes(
            serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
        )

    @property
    def fingerprint(self) -> str:
        return short_fingerprint(self.public)

    def sign(self, message: bytes) -> bytes:
        """The signature over these bytes, 64 bytes."""
        return self.private.sign(message)


def signed_json(payload_type: str, body: Mapping[str, Json], key: SigningKey) -> bytes:
    """The envelope of a statement that names its signer: `signer` is added to the body."""
    return envelope(payload_type, encode({**body, "signer": key.public.hex()}), key)


def statement_of(data: bytes, payload_type: str) -> tuple[dict[str, Json], bytes]:
    """What `signed_json` signed, without `signer`, and the raw public key that signed it.

    SignatureRefused if a byte is otherwise. The key travels in what it signs: whose it is, is known
    only to who knows the key.
    """
    payload = payload_of(data, payload_type)
    try:
        body = decode(payload.removesuffix(b"\n"))
        signer = bytes.fromhex(str(body.pop("signer")))
    except (BadRecord, KeyError, ValueError) as refused:
        raise SignatureRefused(f"the statement cannot be read: {refused}") from refused
    check(data, payload_type, signer)
    return body, signer


def read_public_key(path: Path) -> bytes:
    """The raw public key of a .pub file; KeyRefused if there is none in it."""
    try:
        public = serialization.load_pem_public_key(path.read_bytes())
    except OSError as refused:
        raise KeyRefused(f"{path} cannot be read: {refused.strerror}") from refused
    except (ValueError, UnsupportedAlgorithm) as refused:
        raise KeyRefused(f"{path} holds no public key; a {PUBLIC_FILE} is expected") from refused
    if not isinstance(public, Ed25519PublicKey):
        raise KeyRefused(f"{path} holds a key of another kind than Ed25519")
    return public.public_bytes_raw()


def _check_directory(directory: Path) -> None:
    """The folder is there, and nobody else can put files into it."""
    try:
        directory.mkdir(mode=0o700, parents=True, exist_ok=True)
        mode = directory.stat().st_mode
    except OSError as refused:
        raise KeyRefused(f"{directory}: no key can be kept here: {refused.strerror}") from refused
    if mode & WRITABLE_BY_OTHERS:
        raise KeyRefused(f"others can put files into {directory}; run: chmod 700 {directory}")


# The envelope is written here rather than with securesystemslib, which reads base64 and unknown
# fields leniently, chooses keys by keyid and brings signers that start processes into the program
# that opens files of strangers. A test compares both.


def pre_authentication_encoding(payload_type: str, payload: bytes) -> bytes:
    """What is signed: PAE of DSSE version 1."""
    kind = payload_type.encode()
    return b"DSSEv1 %d %b %d %b" % (len(kind), kind, len(payload), payload)


def envelope(payload_type: str, payload: bytes, key: SigningKey) -> bytes:
    """The DSSE envelope of this payload, signed, as canonical JSON."""
    signature = key.sign(pre_authentication_encoding(payload_type, payload))
    return _written(payload_type, payload, signature, key.public)


def payload_of(data: bytes, payload_type: str) -> bytes:
    """The payload of an envelope, unverified; SignatureRefused if there is none of this type."""
    return _fields(data, payload_type)[0]


def check(data: bytes, payload_type: str, public: bytes) -> None:
    """SignatureRefused unless the envelope is canonical and signed with this raw public key."""
    payload, signature = _fields(data, payload_type)
    if _written(payload_type, payload, signature, public) != data:
        raise SignatureRefused("the envelope is not written in the canonical form")
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(
            signature, pre_authentication_encoding(payload_type, payload)
        )
    except (InvalidSignature, ValueError) as refused:
        raise SignatureRefused("the signature does not fit what it should sign") from refused


def _written(payload_type: str, payload: bytes, signature: bytes, public: bytes) -> bytes:
    # DSSE: a keyid decides nothing. Here it only names the key that the payload itself holds.
    body: dict[str, Json] = {
        "payload": base64.b64encode(payload).decode(),
        "payloadType": payload_type,
        "signatures": [{"keyid": fingerprint(public), "sig": base64.b64encode(signature).decode()}],
    }
    return encode(body)


def _fields(data: bytes, payload_type: str) -> tuple[bytes, bytes]:
    """Payload and signature of an envelope."""
    try:
        body = json.loads(data)
        named = body["payloadType"]
        payload = base64.b64decode(body["payload"], validate=True)
        (signature,) = body["signatures"]
        raw = base64.b64decode(signature["sig"], validate=True)
    except (ValueError, TypeError, LookupError, RecursionError, binascii.Error) as refused:
        raise SignatureRefused("it is no envelope with one signature") from refused
    if named != payload_type:
        raise SignatureRefused(f"the envelope holds something else than {payload_type}")
    return payload, raw
