import json
import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, generate_private_key
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from securesystemslib.dsse import Envelope
from securesystemslib.signer._key import SSlibKey

from reports import signature
from reports.signature import KeyRefused, SignatureRefused, SigningKey
from tests.reports.hand_made import KEY, OTHER_KEY

TYPE = "application/vnd.in-toto+json"
PAYLOAD = b'{"_type":"x"}\n'


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_a_key_is_made_once(tmp_path: Path) -> None:
    """First use makes folder and key for their owner alone; later uses find the same key."""
    folder = tmp_path / "config" / "assay"
    made = SigningKey.load_or_create(folder)
    assert (mode(folder), mode(folder / "signing.key")) == (0o700, 0o600)
    assert SigningKey.load_or_create(folder).public == made.public
    assert signature.read_public_key(folder / "signing.pub") == made.public
    assert made.fingerprint == signature.fingerprint(made.public)[:16]


def test_the_users_own_folder_is_the_default(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without a folder the key belongs to $XDG_CONFIG_HOME/assay, or ~/.config/assay."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    SigningKey.load_or_create()
    assert (tmp_path / "assay" / "signing.key").is_file()
    own = Path.home() / ".config" / "assay"
    assert signature.key_directory({}) == signature.key_directory({"XDG_CONFIG_HOME": "x"}) == own


def test_many_who_start_together_make_one_key(tmp_path: Path) -> None:
    """Whoever comes second finds the key of the first, whole."""
    with ThreadPoolExecutor(8) as pool:
        keys = list(pool.map(SigningKey.load_or_create, [tmp_path] * 8))
    assert len({key.public for key in keys}) == 1


@pytest.mark.parametrize("loose", [0o640, 0o604, 0o660])
def test_a_key_that_others_can_read_is_refused(tmp_path: Path, loose: int) -> None:
    """The message says what to do about it."""
    SigningKey.load_or_create(tmp_path)
    path = tmp_path / "signing.key"
    path.chmod(loose)
    with pytest.raises(KeyRefused) as refused:
        SigningKey.load_or_create(tmp_path)
    assert str(refused.value) == f"{path} can be read by others; run: chmod 600 {path}"


def test_a_folder_that_others_can_write_is_refused(tmp_path: Path) -> None:
    """Who can put files into the folder could put another key there."""
    tmp_path.chmod(0o770)
    with pytest.raises(KeyRefused, match="chmod 700"):
        SigningKey.load_or_create(tmp_path)


@pytest.mark.parametrize("content", [b"", b"no key", OTHER_KEY.public_pem])
def test_what_is_no_key_is_refused(tmp_path: Path, content: bytes) -> None:
    """An empty file, a text or a public key is not taken, and not overwritten either."""
    path = tmp_path / "signing.key"
    path.write_bytes(content)
    path.chmod(0o600)
    with pytest.raises(KeyRefused, match="holds no signing key"):
        SigningKey.load_or_create(tmp_path)
    assert path.read_bytes() == content


def test_a_key_of_another_kind_is_refused(tmp_path: Path) -> None:
    """Only Ed25519 signs bundles, and only such keys can be trusted."""
    private = generate_private_key(SECP256R1())
    path, published = tmp_path / "signing.key", tmp_path / "signing.pub"
    path.write_bytes(
        private.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    path.chmod(0o600)
    published.write_bytes(
        private.public_key().public_bytes(
            serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
        )
    )
    with pytest.raises(KeyRefused, match="another kind than Ed25519"):
        SigningKey.load_or_create(tmp_path)
    with pytest.raises(KeyRefused, match="another kind than Ed25519"):
        signature.read_public_key(published)


def test_a_file_that_is_no_public_key_is_refused(tmp_path: Path) -> None:
    """--trust takes a public key only: neither a text, nor nothing, nor a private key."""
    SigningKey.load_or_create(tmp_path)
    (tmp_path / "text").write_text("trust me", encoding="utf-8")
    for name in ("text", "signing.key"):
        with pytest.raises(KeyRefused, match="holds no public key"):
            signature.read_public_key(tmp_path / name)
    with pytest.raises(KeyRefused, match="cannot be read"):
        signature.read_public_key(tmp_path / "absent")


def test_a_replaced_public_file_is_written_again(tmp_path: Path) -> None:
    """The .pub beside a key is always the key's own."""
    made = SigningKey.load_or_create(tmp_path)
    (tmp_path / "signing.pub").write_bytes(OTHER_KEY.public_pem)
    SigningKey.load_or_create(tmp_path)
    assert signature.read_public_key(tmp_path / "signing.pub") == made.public


def test_a_signature_is_ed25519() -> None:
    """The bytes are signed as they are."""
    Ed25519PublicKey.from_public_bytes(KEY.public).verify(KEY.sign(b"x"), b"x")


def test_another_implementation_verifies_the_envelope() -> None:
    """Securesystemslib reads the envelope, encodes the same bytes to be signed, and verifies."""
    data = signature.envelope(TYPE, PAYLOAD, KEY)
    theirs = Envelope.from_dict(json.loads(data))
    assert theirs.payload == PAYLOAD == signature.payload_of(data, TYPE)
    assert theirs.pae() == signature.pre_authentication_encoding(TYPE, PAYLOAD)
    keyid = signature.fingerprint(KEY.public)
    key = SSlibKey(keyid, "ed25519", "ed25519", {"public": KEY.public.hex()})
    assert list(theirs.verify([key], 1)) == [keyid]


def test_an_envelope_of_another_key_is_refused() -> None:
    """Neither another signer nor another keyid goes through."""
    data = signature.envelope(TYPE, PAYLOAD, KEY)
    signature.check(data, TYPE, KEY.public)
    renamed = data.replace(
        signature.fingerprint(KEY.public).encode(), signature.fingerprint(OTHER_KEY.public).encode()
    )
    assert renamed != data
    for claimed in (data, renamed):
        with pytest.raises(SignatureRefused):
            signature.check(claimed, TYPE, OTHER_KEY.public)
    with pytest.raises(SignatureRefused, match="canonical"):
        signature.check(renamed, TYPE, KEY.public)
    with pytest.raises(SignatureRefused, match="does not fit"):
        signature.check(renamed, TYPE, OTHER_KEY.public)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"[]",
        b"{}",
        b"\xff",
        b"[" * 100_000,
        b'{"payload":"=","payloadType":"x","signatures":[]}',
        b'{"payload":"","payloadType":"x","signatures":[]}',
        b'{"payload":"","payloadType":"x","signatures":[{"sig":""},{"sig":""}]}',
        b'{"payload":1,"payloadType":"x","signatures":[{"sig":""}]}',
        '{"payload":"é","payloadType":"x","signatures":[{"sig":""}]}'.encode(),
    ],
)
def test_what_is_no_envelope_is_refused(data: bytes) -> None:
    """Whatever stands there, it is refused in words."""
    with pytest.raises(SignatureRefused, match="no envelope with one signature"):
        signature.payload_of(data, TYPE)


def test_another_payload_type_is_refused() -> None:
    """A signature over something else cannot be taken for one over a manifest."""
    with pytest.raises(SignatureRefused, match="something else"):
        signature.payload_of(signature.envelope("text/plain", PAYLOAD, KEY), TYPE)


def test_an_envelope_has_one_form() -> None:
    """Spaces, another order, another base64 of the same bytes, or more fields are refused."""
    data = signature.envelope(TYPE, PAYLOAD, KEY)
    body = json.loads(data)
    body["signatures"][0]["cert"] = "x"
    for other in (
        data[:-1],
        data + b"\n",
        data.replace(b":", b": ", 1),
        json.dumps(body, sort_keys=True, separators=(",", ":")).encode() + b"\n",
        data.replace(b'fQo="', b'fQp="'),
    ):
        assert other != data
        with pytest.raises(SignatureRefused):
            signature.check(other, TYPE, KEY.public)
