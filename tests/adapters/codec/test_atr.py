import re
import tomllib
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.codec import atr
from adapters.codec.atr import Atr, Convention, Level, Pps, TckFault
from adapters.codec.atr_emv import Deviation, Reset, deviations, refusals
from adapters.codec.errors import LocalProtocolError, RemoteProtocolError

ROOT = Path(__file__).parents[3]
FILE = ROOT / "fixtures" / "data" / "vectors" / "atr.toml"
TRACE = ROOT.parent / "shared" / "traces" / "RT03_proxmark3_china_bank_ATRs.txt"
VECTORS: list[dict[str, Any]] = tomllib.loads(FILE.read_text("utf-8"))["vector"]
MINE = [vector for vector in VECTORS if vector["operation"] in {"atr", "pps"}]
ACCEPTED = [vector for vector in MINE if vector["result"] != "invalid"]
REFUSED = [vector for vector in MINE if vector["result"] == "invalid"]
T0_BASIC = Atr(Convention.DIRECT, (Level(tb=0, tc=0),))
T1_BASIC = Atr(
    Convention.DIRECT,
    (Level(tb=0, tc=0), Level(protocol=1), Level(protocol=1, ta=0xFE, tb=0x45)),
    tck=0xEB,
)


def name(vector: Mapping[str, Any]) -> str:
    return str(vector["id"])


def written(deviation: Deviation) -> str:
    value = "absent" if deviation.value is None else f"{deviation.value:02X}"
    return f"{deviation.character}={value}"


def read_atr(data: bytes) -> dict[str, Any]:
    """An ATR as the vectors write it."""
    found = atr.decode(data)
    assert atr.encode(found) == data
    return {
        "convention": found.convention.name.lower(),
        "protocols": list(found.protocols),
        "historical": found.historical.hex().upper(),
        "tck_fault": found.tck_fault.value,
        "fi": found.fi or 0,
        "di": found.di or 0,
        "wi": found.wi,
        "ifsc": found.ifsc,
        "bwi": found.bwi,
        "cwi": found.cwi,
        "deviations": [written(each) for each in deviations(found)],
        "characters": dict(found.characters),
    }


def read_pps(data: bytes) -> dict[str, Any]:
    """A PPS as the vectors write it."""
    found = atr.decode_pps(data)
    assert atr.encode_pps(found) == data
    parts = {"pps1": found.pps1, "pps2": found.pps2, "pps3": found.pps3}
    present = {key: value for key, value in parts.items() if value is not None}
    return {"protocol": found.protocol} | present


READ = {"atr": read_atr, "pps": read_pps}


def perform(vector: Mapping[str, Any]) -> dict[str, Any]:
    return READ[vector["operation"]](bytes.fromhex(vector["given"]["bytes"]))


@pytest.mark.parametrize("vector", ACCEPTED, ids=name)
def test_a_vector_comes_out_as_expected(vector: Mapping[str, Any]) -> None:
    """Every part is found, and encodes again to the same bytes."""
    assert perform(vector) == vector["expect"]


@pytest.mark.parametrize("vector", REFUSED, ids=name)
def test_an_invalid_vector_is_refused_for_its_reason(vector: Mapping[str, Any]) -> None:
    """What is no ATR or PPS is the card's fault, with its reason and its place."""
    with pytest.raises(RemoteProtocolError) as refused:
        perform(vector)
    found = {"reason": refused.value.message, "offset": refused.value.offset}
    assert found == vector["expect"]


def test_a_third_of_the_vectors_is_invalid() -> None:
    """The vectors try at least half as much what must be refused as what must be taken."""
    refused = [vector for vector in VECTORS if vector["result"] == "invalid"]
    assert len({vector["id"] for vector in VECTORS}) == len(VECTORS)
    assert 3 * len(refused) >= len(VECTORS)


@given(st.binary(max_size=40))
def test_any_bytes_are_an_atr_or_refused(data: bytes) -> None:
    """Nothing but RemoteProtocolError comes out of bytes that are no ATR; an ATR loses nothing."""
    try:
        found = atr.decode(data)
    except RemoteProtocolError:
        return
    assert atr.encode(found) == data
    deviations(found)


@given(st.binary(max_size=31))
def test_any_bytes_behind_a_convention_are_an_atr_or_refused(rest: bytes) -> None:
    """As above, for bytes that come further than TS."""
    test_any_bytes_are_an_atr_or_refused.hypothesis.inner_test(b"\x3b" + rest)  # type: ignore[attr-defined]  # hypothesis adds it


@given(st.binary(max_size=8))
def test_any_bytes_are_a_pps_or_refused(data: bytes) -> None:
    """Nothing but RemoteProtocolError comes out of bytes that are no PPS."""
    for candidate in (data, b"\xff" + data):
        try:
            found = atr.decode_pps(candidate)
        except RemoteProtocolError:
            continue
        assert atr.encode_pps(found) == candidate


def test_every_part_of_a_recorded_atr_is_found() -> None:
    """ATRs of real cards decode, encode again, and have the check character they need."""
    if not TRACE.exists():
        pytest.skip(f"NO TRACE: {TRACE} is absent, real ATRs were not tried")
    lines = re.findall(r'"(3[BF][0-9A-F]+)"', TRACE.read_text("utf-8"))
    assert len(lines) == 34
    for line in lines:
        found = atr.decode(bytes.fromhex(line))
        assert atr.encode(found).hex().upper() == line
        assert found.tck_fault is TckFault.NONE, line


def test_a_basic_atr_is_built_from_values() -> None:
    """The basic ATRs of both protocols are what their values say, and deviate in nothing."""
    assert atr.encode(T0_BASIC).hex().upper() == "3B600000"
    assert atr.encode(T1_BASIC).hex().upper() == "3BE000008131FE45EB"
    assert not deviations(T0_BASIC)
    assert not deviations(T1_BASIC)


def test_a_check_character_is_put_right() -> None:
    """An ATR gets the TCK it needs, or loses one that it must not have."""
    assert atr.checked(Atr(T1_BASIC.convention, T1_BASIC.levels)) == T1_BASIC
    assert atr.checked(Atr(T0_BASIC.convention, T0_BASIC.levels, tck=0x60)) == T0_BASIC


def test_the_work_waiting_time_is_counted_in_clocks() -> None:
    """WI 10 at 372/1 makes one second at 3.5712 MHz."""
    assert T0_BASIC.work_waiting_clocks == 3_571_200


UNSENDABLE = {
    "no level": Atr(Convention.DIRECT, ()),
    "level 1 with a protocol": Atr(Convention.DIRECT, (Level(protocol=0),)),
    "level 2 without": Atr(Convention.DIRECT, (Level(), Level())),
    "protocol 16": Atr(Convention.DIRECT, (Level(), Level(protocol=16))),
    "no byte": Atr(Convention.DIRECT, (Level(ta=256),)),
    "TCK": Atr(Convention.DIRECT, (Level(),), tck=256),
    "16 historical bytes": Atr(Convention.DIRECT, (Level(),), bytes(16)),
    "34 bytes": Atr(
        Convention.DIRECT, (Level(ta=0, tb=0, tc=0), *[Level(0, 0, 0, 0)] * 4), bytes(15)
    ),
}


@pytest.mark.parametrize("given_atr", UNSENDABLE.values(), ids=UNSENDABLE)
def test_an_atr_that_does_not_fit_is_our_fault(given_atr: Atr) -> None:
    """A value that has no place in an ATR is refused before it is sent."""
    with pytest.raises(LocalProtocolError):
        atr.encode(given_atr)


@pytest.mark.parametrize("pps", [Pps(16), Pps(-1), Pps(0, pps1=256)])
def test_a_pps_that_does_not_fit_is_our_fault(pps: Pps) -> None:
    """A value that has no place in a PPS is refused before it is sent."""
    with pytest.raises(LocalProtocolError):
        atr.encode_pps(pps)


def test_a_confirmation_repeats_or_leaves_out() -> None:
    """A parameter comes back as asked, or not at all: then the default holds."""
    asked = Pps(0, pps1=0x95)
    assert atr.agreed(asked, asked) == asked
    assert atr.agreed(asked, Pps(0)) == Pps(0)


@pytest.mark.parametrize(
    "confirmation, reason, offset",
    [
        (Pps(1, pps1=0x95), "PPS0: T=1 was not asked for", 1),
        (Pps(0, pps1=0x94), "PPS1: 94 was not asked for", 2),
        (Pps(0, pps1=0x95, pps2=0), "PPS2: 00 was not asked for", 3),
        (Pps(0, pps3=1), "PPS3: 01 was not asked for", 2),
    ],
)
def test_a_confirmation_of_something_else_is_refused(
    confirmation: Pps, reason: str, offset: int
) -> None:
    """A card may not answer with what nobody asked for; the byte is the one in its answer."""
    with pytest.raises(RemoteProtocolError, match=reason) as refused:
        atr.agreed(Pps(0, pps1=0x95), confirmation)
    assert refused.value.offset == offset


def test_the_longest_atr_has_33_bytes() -> None:
    """TS and 32 bytes after it fit, and come back as they were."""
    levels = (Level(ta=0x11, tb=0, tc=0), *[Level(0, 1, 2, 3)] * 3)
    longest = Atr(Convention.DIRECT, levels, bytes(15), tck=0)
    assert len(atr.encode(longest)) == 33
    assert atr.decode(atr.encode(longest)) == longest


# ISO/IEC 7816-3, by the nibbles of TA1; 0: reserved.
FI = (372, 372, 558, 744, 1116, 1488, 1860, 0, 0, 512, 768, 1024, 1536, 2048, 0, 0)
DI = (0, 1, 2, 4, 8, 16, 32, 64, 12, 20, 0, 0, 0, 0, 0, 0)


@pytest.mark.parametrize("nibble", range(16))
def test_each_nibble_of_ta1_has_its_integer(nibble: int) -> None:
    """Fi stands in the high nibble, Di in the low one, and a reserved value is none."""
    assert Atr(Convention.DIRECT, (Level(ta=nibble << 4 | 1),)).fi == (FI[nibble] or None)
    assert Atr(Convention.DIRECT, (Level(ta=0x10 | nibble),)).di == (DI[nibble] or None)


@pytest.mark.parametrize(
    "data, cold, warm",
    [
        ("3B600000", "", ""),
        ("3F600000", "", ""),
        ("3BE000008131204535", "", ""),
        ("3BE000008131FE45EB", "", ""),
        # TB1 is judged after a cold reset only, and its absence is a deviation there too.
        ("3B602500", "TB1=25", ""),
        ("3B4000", "TB1=absent", ""),
        # Every guard time is taken; TA1 alone leaves the rates negotiable.
        ("3B6000FF", "", ""),
        ("3B70940000", "", ""),
        # Specific mode: rates of 11 to 13, values by interface bytes, and the first protocol.
        ("3BF01300001010", "TA2=10", "TA2=10"),
        ("3BF01300001000", "", ""),
        ("3BF01400001000", "TA1=14", "TA1=14"),
        ("3BF01300001001", "TA2=01", "TA2=01"),
        ("3BE000002000", "TB2=00", "TB2=00"),
        ("3BE00000400A", "", ""),
        ("3BE000004000", "TC2=00", "TC2=00"),
        ("3BE0000040FF", "TC2=FF", "TC2=FF"),
        ("3BE0000002", "TD1=02,TCK=absent", "TD1=02,TCK=absent"),
    ],
)
def test_a_terminal_refuses_what_emv_lets_it(data: str, cold: str, warm: str) -> None:
    """Each interface byte has its rule; only TB1 depends on which reset came before."""
    found = atr.decode(bytes.fromhex(data))
    assert ",".join(map(written, refusals(found, Reset.COLD))) == cold
    assert ",".join(map(written, refusals(found, Reset.WARM))) == warm


def with_t1(second: Level, *, tc1: int = 0, first: int = 1) -> Atr:
    levels = (Level(tb=0, tc=tc1), Level(protocol=first), second)
    return atr.checked(Atr(Convention.DIRECT, levels))


@pytest.mark.parametrize(
    "given_atr, refused",
    [
        (with_t1(Level(1, ta=0x10, tb=0x45)), ""),
        (with_t1(Level(1, tb=0x45)), ""),
        (with_t1(Level(1, ta=0x0F, tb=0x45)), "TA3=0F"),
        (with_t1(Level(1, ta=0xFF, tb=0x45)), "TA3=FF"),
        (with_t1(Level(1, ta=0xFE)), "TB3=absent"),
        (with_t1(Level(1, ta=0xFE, tb=0x55)), "TB3=55"),
        (with_t1(Level(1, ta=0xFE, tb=0x46)), "TB3=46"),
        (with_t1(Level(1, ta=0xFE, tb=0x40), tc1=1), "TB3=40"),
        (with_t1(Level(1, ta=0xFE, tb=0x42), tc1=2), ""),
        (with_t1(Level(1, ta=0xFE, tb=0x40), tc1=0xFF), ""),
        (with_t1(Level(1, ta=0xFE, tb=0x45, tc=0x00)), ""),
        (with_t1(Level(1, ta=0xFE, tb=0x45, tc=0x01)), "TC3=01"),
        (with_t1(Level(0, ta=0xFE, tb=0x45)), "TD2=30"),
        # With T=0 first, what is said for T=1 is not used.
        (with_t1(Level(1, ta=0x0F, tb=0xFF, tc=0x01), first=0), ""),
        (replace(T1_BASIC, tck=0xEA), "TCK=EA"),
        (replace(T1_BASIC, tck=None), "TCK=absent"),
        (replace(T0_BASIC, tck=0x00), ""),
    ],
)
def test_a_terminal_refuses_waiting_times_of_t1_it_cannot_keep(
    given_atr: Atr, refused: str
) -> None:
    """IFSC, BWI, CWI against the guard time, the check sum's kind, and TCK are judged."""
    assert ",".join(map(written, refusals(given_atr, Reset.WARM))) == refused
