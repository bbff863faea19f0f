import tomllib
from collections.abc import Callable, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest

from adapters.codec import (
    balances_54,
    iso8583,
    pos_downloads,
    pos_fields,
    pos_key_block,
    pos_link,
    pos_parameters,
    pos_subfields,
)
from adapters.codec.errors import RemoteProtocolError
from adapters.codec.pos_dialect import POS

FILE = Path(__file__).parents[3] / "fixtures" / "data" / "vectors" / "pos_frames.toml"
VECTORS: list[dict[str, Any]] = tomllib.loads(FILE.read_text("utf-8"))["vector"]
ACCEPTED = [vector for vector in VECTORS if vector["result"] != "invalid"]
REFUSED = [vector for vector in VECTORS if vector["result"] == "invalid"]
FRAMES = [vector for vector in ACCEPTED if vector["operation"] == "frame"]
BODIES = [vector for vector in ACCEPTED if vector["operation"] == "body"]
UPLOADS = {"card": pos_subfields.UPLOAD_62, "failed": pos_subfields.FAILED_UPLOAD_62}
Given = Mapping[str, str]
unhex = bytes.fromhex


def message(body: bytes) -> dict[str, Any]:
    """A body as the vectors write it."""
    decoded = iso8583.decode(body, POS)
    fields = {
        str(number): value.hex().upper() if isinstance(value, bytes) else value
        for number, value in decoded.fields.items()
    }
    return {"mti": decoded.mti, "fields": fields}


def frame(given: Given) -> dict[str, Any]:
    """A frame and the message in it."""
    decoded = pos_link.decode(unhex(given["frame"]))
    lri = {"lri": decoded.lri.hex().upper()} if decoded.lri else {}
    carrier = {"tpdu": decoded.tpdu.hex().upper(), "header": decoded.header.hex().upper()}
    return carrier | lri | message(decoded.body)


def body(given: Given) -> dict[str, Any]:
    """The message in a body."""
    return message(unhex(given["body"]))


def header(given: Given) -> dict[str, Any]:
    """The parts of a header, which encode again to the same bytes."""
    decoded = pos_link.decode_header(unhex(given["header"]))
    assert pos_link.encode_header(decoded).hex().upper() == given["header"]
    return {"parts": asdict(decoded)}


def private_60(given: Given) -> dict[str, Any]:
    """The sub-fields of DE60 that are there."""
    decoded = pos_fields.decode_60(given["digits"])
    assert pos_fields.encode_60(decoded) == given["digits"]
    return {"parts": {name: value for name, value in asdict(decoded).items() if value}}


def original_61(given: Given) -> dict[str, Any]:
    """The sub-fields of DE61 that are there."""
    decoded = pos_fields.decode_61(given["digits"])
    assert pos_fields.encode_61(decoded) == given["digits"]
    return {"parts": {name: value for name, value in asdict(decoded).items() if value}}


def settlement_48(given: Given) -> dict[str, Any]:
    """Both halves of the totals."""
    decoded = pos_fields.decode_settlement(given["digits"])
    assert pos_fields.encode_settlement(decoded) == given["digits"]
    return {"parts": asdict(decoded)}


def items_48(given: Given) -> dict[str, Any]:
    """The items of a batch upload."""
    decoded = pos_fields.decode_items(given["digits"])
    assert pos_fields.encode_items(decoded) == given["digits"]
    return {"parts": {str(index): asdict(item) for index, item in enumerate(decoded)}}


def end_count_48(given: Given) -> dict[str, Any]:
    """How many items a batch upload had."""
    decoded = pos_fields.decode_end_count(given["digits"])
    assert pos_fields.encode_end_count(decoded) == given["digits"]
    return {"parts": {"count": decoded}}


def tpdu(given: Given) -> dict[str, Any]:
    """The parts of a TPDU."""
    decoded = pos_link.decode_tpdu(unhex(given["tpdu"]))
    assert pos_link.encode_tpdu(decoded).hex().upper() == given["tpdu"]
    return {"parts": asdict(decoded)}


def lri(given: Given) -> dict[str, Any]:
    """The parts of an LRI."""
    decoded = pos_link.decode_lri(unhex(given["lri"]))
    assert pos_link.encode_lri(decoded).hex().upper() == given["lri"]
    return {"parts": {name: value.hex().upper() for name, value in asdict(decoded).items()}}


def sub_fields(given: Given) -> dict[str, Any]:
    """The parts of a field of digits or text, by number."""
    layout = pos_subfields.LAYOUTS[int(given["field"])]
    parts = layout.cut(given["text"])
    assert layout.join(parts) == given["text"]
    return {"parts": dict(parts)}


def upload_62(given: Given) -> dict[str, Any]:
    """The parts of DE62 of an upload, by number."""
    layout = UPLOADS[given["kind"]]
    data = unhex(given["data"])
    parts = layout.cut(data)
    assert layout.join(parts).encode("ascii") == data
    return {"parts": dict(parts)}


def balances(given: Given) -> dict[str, Any]:
    """The balances of DE54."""
    decoded = balances_54.decode(given["text"])
    assert balances_54.encode(decoded) == given["text"]
    return {"parts": {str(index): asdict(balance) for index, balance in enumerate(decoded)}}


def key_block_62(given: Given) -> dict[str, Any]:
    """The enciphered keys of DE62, each with its check value; none of an unknown layout."""
    data = unhex(given["data"])
    decoded = pos_key_block.decode(data)
    assert not decoded or pos_key_block.encode(decoded) == data
    return {"parts": {key.name: [hexed(key.wrapped), hexed(key.check_value)] for key in decoded}}


def query_62(given: Given) -> dict[str, Any]:
    """How many entries a terminal knows."""
    known = pos_downloads.decode_query(unhex(given["data"]))
    assert pos_downloads.encode_query(known) == unhex(given["data"])
    return {"parts": {"known": known}}


def listing_62(given: Given) -> dict[str, Any]:
    """The entries of a download, each of tags and values."""
    decoded = pos_downloads.decode_listing(unhex(given["data"]))
    pairs = [[(each.tag, each.value) for each in entry] for entry in decoded.entries]
    assert hexed(pos_downloads.encode_listing(decoded.progress, pairs)) == given["data"]
    entries = [[f"{tag:X} {hexed(value)}" for tag, value in entry] for entry in pairs]
    return {"parts": {"progress": decoded.progress.value, "entries": entries}}


def parameters_62(given: Given) -> dict[str, Any]:
    """The parameters of a terminal, and what cannot be told apart behind them."""
    decoded = pos_parameters.decode(unhex(given["data"]))
    assert hexed(pos_parameters.encode(decoded)) == given["data"]
    values = {tag: value.decode("ascii") for tag, value in decoded.values}
    return {"parts": values | ({"rest": hexed(decoded.rest)} if decoded.rest else {})}


def hexed(data: bytes) -> str:
    return data.hex().upper()


OPERATIONS: dict[str, Callable[[Given], dict[str, Any]]] = {
    "frame": frame,
    "body": body,
    "header": header,
    "private_60": private_60,
    "original_61": original_61,
    "settlement_48": settlement_48,
    "items_48": items_48,
    "end_count_48": end_count_48,
    "tpdu": tpdu,
    "lri": lri,
    "sub_fields": sub_fields,
    "upload_62": upload_62,
    "balances_54": balances,
    "key_block_62": key_block_62,
    "query_62": query_62,
    "listing_62": listing_62,
    "parameters_62": parameters_62,
}


def name(vector: Mapping[str, Any]) -> str:
    return str(vector["id"])


def perform(vector: Mapping[str, Any]) -> dict[str, Any]:
    return OPERATIONS[vector["operation"]](vector["given"])


@pytest.mark.parametrize("vector", ACCEPTED, ids=name)
def test_a_vector_comes_out_as_expected(vector: Mapping[str, Any]) -> None:
    """Every part of what was sent is found, and nothing else."""
    assert perform(vector) == vector["expect"]


@pytest.mark.parametrize("vector", REFUSED, ids=name)
def test_an_invalid_vector_is_refused_for_its_reason(vector: Mapping[str, Any]) -> None:
    """What breaks the dialect is the other side's fault, with its reason and its place."""
    with pytest.raises(RemoteProtocolError) as refused:
        perform(vector)
    found = {"reason": refused.value.message, "offset": refused.value.offset}
    assert found == vector["expect"]


@pytest.mark.parametrize("vector", FRAMES, ids=name)
def test_a_frame_encodes_again_to_the_same_bytes(vector: Mapping[str, Any]) -> None:
    """Decoding loses nothing that is on the wire."""
    given = unhex(vector["given"]["frame"])
    decoded = pos_link.decode(given)
    again = iso8583.encode(iso8583.decode(decoded.body, POS), POS)
    assert again == decoded.body
    assert pos_link.encode(decoded) == given


@pytest.mark.parametrize("vector", BODIES, ids=name)
def test_a_body_encodes_again_to_the_same_bytes(vector: Mapping[str, Any]) -> None:
    """Decoding loses nothing of a message."""
    given = unhex(vector["given"]["body"])
    assert iso8583.encode(iso8583.decode(given, POS), POS) == given


@pytest.mark.parametrize("vector", FRAMES, ids=name)
def test_a_frame_cut_anywhere_is_refused(vector: Mapping[str, Any]) -> None:
    """No part of a frame passes for the whole, whether or not its LEN was made to fit."""
    given = unhex(vector["given"]["frame"])
    for end in range(len(given)):
        with pytest.raises(RemoteProtocolError):
            pos_link.decode(given[:end])
        if end > pos_link.LENGTH_SIZE:
            fitting = (end - pos_link.LENGTH_SIZE).to_bytes(2) + given[2:end]
            with pytest.raises(RemoteProtocolError):
                iso8583.decode(pos_link.decode(fitting).body, POS)


def test_a_third_of_the_vectors_is_invalid() -> None:
    """The vectors try at least half as much what must be refused as what must be taken."""
    assert len({vector["id"] for vector in VECTORS}) == len(VECTORS)
    assert 3 * len(REFUSED) >= len(VECTORS)
