"""What a station says of its key: since when and until when it signs, and which key it follows."""

from dataclasses import dataclass
from datetime import datetime, timedelta

import msgspec

from adapters.journal import Json
from reports.signature import KeyRefused, SignatureRefused, SigningKey, signed_json, statement_of
from suites.records import FORMAT

PAPER_TYPE = "application/vnd.assay.key+json"
SUCCESSION_TYPE = "application/vnd.assay.key-succession+json"
YEARS_VALID = 2
DAYS_A_YEAR = 365


@dataclass(frozen=True, slots=True)
class KeyPaper:
    """Signed by the key itself. Times: ISO 8601, UTC; `previous`: a public key in hex or ""."""

    format: int
    made: str
    expires: str
    previous: str = ""

    def covers(self, wall: str) -> bool:
        """Whether the key was valid at this time."""
        return self.made <= wall <= self.expires


@dataclass(frozen=True, slots=True)
class Succession:
    """Signed by the key before: `public` (hex) follows it from `at` on."""

    format: int
    public: str
    at: str


def new_paper(made: str, previous: str = "") -> KeyPaper:
    """The paper of a key made now."""
    until = datetime.fromisoformat(made) + timedelta(days=YEARS_VALID * DAYS_A_YEAR)
    expires = until.isoformat(timespec="microseconds").replace("+00:00", "Z")
    return KeyPaper(FORMAT, made, expires, previous)


def written(paper: KeyPaper | Succession, key: SigningKey) -> bytes:
    """The file of a paper or of a succession."""
    kind = PAPER_TYPE if isinstance(paper, KeyPaper) else SUCCESSION_TYPE
    body: dict[str, Json] = msgspec.to_builtins(paper, order="deterministic")
    return signed_json(kind, body, key)


def read_paper(data: bytes, name: str) -> tuple[KeyPaper, bytes]:
    """The paper in a file and the raw public key it is about; KeyRefused if a byte is otherwise."""
    try:
        body, signer = statement_of(data, PAPER_TYPE)
        return msgspec.convert(body, KeyPaper, strict=True), signer
    except (SignatureRefused, msgspec.ValidationError) as refused:
        message = f"{name}: this is no paper of a key: {refused}"
        raise KeyRefused(message) from refused


def read_succession(data: bytes, name: str) -> tuple[Succession, bytes]:
    """The succession in a file and the raw public key that signed it; KeyRefused if it is none."""
    try:
        body, signer = statement_of(data, SUCCESSION_TYPE)
        return msgspec.convert(body, Succession, strict=True), signer
    except (SignatureRefused, msgspec.ValidationError) as refused:
        message = f"{name}: this is no succession of keys: {refused}"
        raise KeyRefused(message) from refused
