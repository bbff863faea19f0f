"""Exposure: what a case is about must have reached the device."""

import pytest

from adapters.events import Port
from suites.acts import purchase as sale_act
from suites.card_edits import added, altered, application, flipped, held, record, without
from suites.case import APPROVES, BC, Case, Terminal
from suites.clauses import EMV_BOOK_3
from suites.conditions.exposure import exposure
from suites.finding import Verdict
from suites.host_acts import tried
from suites.readings.card_session import t1
from suites.rules import AAC, GAC2, SALE, Deed, Reaction, Rule
from suites.symbols import FLOOR, TODAY, YESTERDAY, Symbol, UnresolvedSymbol
from suites.words import Title
from tests.contact_attempts import attempted
from tests.contact_attempts import case as contact_case
from tests.suites.recordings import Sale, Tape, attempt_of, online_sale, purchase


def case(**parts: object) -> Case:
    return Case(
        id="CT-TST-001",
        title=Title("A case", "案例"),
        clauses=(EMV_BOOK_3["10"],),
        expect=(t1("2.7").be(0),),
        **parts,  # type: ignore[arg-type]  # tests name fields of Case
    )


def unexposed(of: Case, *sales: Sale) -> list[str]:
    found = exposure(of, attempt_of(*sales))
    assert {each.verdict for each in found} <= {Verdict.INCONCLUSIVE}
    assert all(each.observed.text("zh") and each.expected.text("en") for each in found)
    return [each.condition for each in found]


EXPIRED = case(card=BC.but(expiry_5F24=YESTERDAY))
WITHOUT = case(card=BC.but(country_5F28=""))


def test_a_changed_object_must_have_been_sent_with_its_value() -> None:
    """Dates are those of the device: yesterday of 11-03-15 is 110314."""
    assert unexposed(EXPIRED, Sale(objects={0x5F24: "110314"})) == []
    assert unexposed(EXPIRED, Sale()) == ["EXP(5F24)"]
    assert unexposed(EXPIRED, Sale(read=("1/1",))) == ["EXP(5F24)"]
    assert unexposed(case(card=BC.but(aip_82="5C00")), Sale(aip="5C00")) == []
    assert unexposed(case(card=BC.but(aip_82="5C00")), Sale()) == ["EXP(82)"]


def test_the_last_change_of_an_object_stands() -> None:
    """A sub-run that changes an object again means the new value."""
    twice = case(card=BC.but(expiry_5F24=YESTERDAY).but(expiry_5F24=TODAY))
    assert unexposed(twice, Sale(objects={0x5F24: "110315"})) == []
    assert unexposed(twice, Sale(objects={0x5F24: "110314"})) == ["EXP(5F24)"]


def test_a_missing_object_is_exposed_by_a_card_read_to_its_end() -> None:
    """What is left out cannot be sent: that all records were read shows it."""
    assert unexposed(WITHOUT, Sale(objects={0x5F28: ""})) == []
    assert unexposed(WITHOUT, Sale()) == ["EXP(5F28)"]
    assert unexposed(WITHOUT, Sale(objects={0x5F28: ""}, read=("1/1",))) == ["EXP(5F28)"]


RULED = case(card=BC.when(GAC2, AAC), acts=(sale_act(20000),))


@pytest.mark.parametrize(
    "port, trigger, reaction, exposed",
    [
        (Port.ICC, "GAC2", "answer-as-if-asked 00", True),
        (Port.ICC, "GAC1", "answer-as-if-asked 00", False),
        (Port.ICC, "GAC2", "status 6985", False),
        (Port.HOST_T, "GAC2", "answer-as-if-asked 00", False),
    ],
)
def test_a_rule_must_have_fired(
    port: Port,
    trigger: str,
    reaction: str,
    exposed: bool,  # noqa: FBT001  parametrised
) -> None:
    """This rule, at its port."""
    tape = Tape()
    tape.sign_on()
    purchase(tape, online_sale())
    tape.rule(port, trigger, reaction)
    found = [each.condition for each in exposure(RULED, tape.attempt())]
    assert found == ([] if exposed else ["EXP(GAC2 -> answer-as-if-asked 00)"])


def test_a_rule_of_the_host_must_have_fired_too() -> None:
    """The host's rules are looked for at the host port."""
    ruled = case(host=APPROVES.when(SALE, Reaction(Deed.DE39, "05")))
    assert unexposed(ruled, Sale()) == ["EXP(0200 -> de39 05)"]


def test_a_setting_must_have_been_acknowledged() -> None:
    """The value that the case asks for, not another."""
    configured = case(terminal=Terminal().but(floor_limit=1))
    for sent, exposed in ((1, True), (2, False)):
        tape = Tape()
        tape.sign_on()
        tape.setting(floor_limit=sent)
        purchase(tape)
        found = [each.condition for each in exposure(configured, tape.attempt())]
        assert found == ([] if exposed else ["EXP(floor_limit)"])


def test_each_act_must_have_been_done_and_reported() -> None:
    """With its own arguments, in its order, and not refused by the device."""
    at_floor = case(acts=(sale_act(FLOOR),))
    assert unexposed(at_floor, Sale(amount=10000)) == []
    assert unexposed(at_floor, Sale(amount=9999)) == ["EXP(purchase amount=floor-limit)"]
    assert unexposed(at_floor, Sale(amount=10000, outcome="NOT_STARTED")) != []
    assert unexposed(case(acts=(sale_act(1), sale_act(2))), Sale(amount=1)) == [
        "EXP(purchase amount=2)"
    ]
    tape = Tape()
    tape.sign_on()
    purchase(tape, Sale(amount=10000), reported=False)
    assert [each.condition for each in exposure(at_floor, tape.attempt())] != []


def test_an_act_that_may_be_refused_is_done_when_it_was_tried() -> None:
    """Where the refusal is the point it exposes the case; unasked it still does not."""
    trying = case(acts=(tried(sale_act(FLOOR)),))
    assert str(trying.acts[0]) == "try purchase amount=floor-limit"
    assert unexposed(trying, Sale(amount=10000, outcome="NOT_SIGNED_ON")) == []
    assert unexposed(trying, Sale(amount=9999)) == ["EXP(try purchase amount=floor-limit)"]


def test_an_act_with_a_pin_is_done_as_it_was_recorded() -> None:
    """The PIN was blanked before it was written; one of another length was not what was asked."""
    made = contact_case(acts=(sale_act(pin="123456"),))
    assert exposure(made, attempted(made)) == ()
    other = contact_case(acts=(sale_act(pin="1234"),))
    (finding,) = exposure(other, attempted(made))
    assert finding.verdict is Verdict.INCONCLUSIVE


def test_a_rule_that_fired_behind_a_front_end_has_fired() -> None:
    """What an issuer decides about a request may have been done at the switch."""
    rule = Rule(SALE, Reaction(Deed.DE39, "05"))
    for port, exposed in ((Port.HOST_T, True), (Port.HOST_S, True), (Port.ICC, False)):
        tape = Tape()
        tape.sign_on()
        tape.rule(port, str(rule.on), str(rule.do))
        purchase(tape)
        found = exposure(case(host=APPROVES.when(rule.on, rule.do)), tape.attempt())
        assert (found == ()) is exposed


def test_a_symbol_that_nobody_resolved_is_our_trouble() -> None:
    """An unresolved value breaks; it is not silently exposed."""
    with pytest.raises(UnresolvedSymbol):
        exposure(case(acts=(sale_act(Symbol("unheard-of")),)), attempt_of(Sale()))


def test_an_edit_of_the_card_must_have_been_met() -> None:
    """By the value or the absence of its object, by the record or the name that was read."""
    edits = {
        "5A-gone": without("5A"),
        "5F30-gone": without("5F30"),
        "9F07": altered("9F07", "FF00"),
        "9F07-other": altered("9F07", "FF01"),
        "8C": flipped("8C", 0),
        "93": flipped("93", 0),
        "DF8001": added(2, 2, "DF8001", "01"),
        "record": record(2, 2, "7000"),
        "no-record": record(11, 1, "7000"),
        "inside": held("9F13", "0000"),
    }
    missed = {
        name for name, edit in edits.items() if unexposed(case(card=BC.edited(edit)), Sale())
    }
    assert missed == {"5A-gone", "9F07-other", "93", "DF8001", "no-record"}


def test_another_application_need_not_be_looked_at_where_the_device_does_not() -> None:
    """Which applications a terminal reads of is what the case is about."""
    of = case(card=BC.edited(application("A000000333010102", "PBOC CREDIT")))
    assert unexposed(of, Sale()) == []


def test_the_name_of_an_application_shows_in_its_own_control_information_too() -> None:
    """A terminal that tries its own AIDs never sees a directory entry."""
    assert unexposed(case(card=BC.but(aid_4F="A000000333010101")), Sale()) == []
    assert unexposed(case(card=BC.but(aid_4F="A000000333010199")), Sale()) == ["EXP(4F)"]
