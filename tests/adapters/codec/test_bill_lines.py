import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.codec import bill_lines
from adapters.codec.bill_lines import Answer, Ask, Outcome, Question
from adapters.codec.errors import LocalProtocolError, RemoteProtocolError

PAY = Question(Ask.PAY, "K1-1", {"bill": "W-1", "amount": 1230, "rrn": "031509300001"})
ITEM = {"payment": "K1-1", "bill": "W-1", "amount": 1230, "rrn": "1", "state": "paid"}
ITEM_LINE = '{"payment":"K1-1","bill":"W-1","amount":1230,"rrn":"1","state":"paid"}'
LINES: dict[str, tuple[Question | Answer, str]] = {
    "query": (
        Question(Ask.QUERY, "K1-0", {"service": "water", "account": "0561000123"}),
        '{"ask":"query","ref":"K1-0","service":"water","account":"0561000123"}',
    ),
    "pay": (
        PAY,
        '{"ask":"pay","ref":"K1-1","bill":"W-1","amount":1230,"rrn":"031509300001"}',
    ),
    "reconcile": (Question(Ask.RECONCILE, "D", {}), '{"ask":"reconcile","ref":"D"}'),
    "answer": (
        Answer(Outcome.OK, "K1-0", {"bill": "W-1", "amount": 1230, "name": "测试"}),
        '{"answer":"ok","ref":"K1-0","bill":"W-1","amount":1230,"name":"测试"}',
    ),
    "refusal": (
        Answer(Outcome.ALREADY_PAID, "K1-2", {"state": "paid"}),
        '{"answer":"already-paid","ref":"K1-2","state":"paid"}',
    ),
    "items": (
        Answer(Outcome.OK, "D", {"amount": 1230, "count": 1}, (ITEM,)),
        '{"answer":"ok","ref":"D","amount":1230,"count":1,"items":[' + ITEM_LINE + "]}",
    ),
}


@pytest.mark.parametrize("message, line", LINES.values(), ids=LINES)
def test_a_line_says_what_its_message_says(message: Question | Answer, line: str) -> None:
    """Encoding and decoding are each other's inverse, to the byte."""
    assert bill_lines.encode(message) == line.encode() + b"\n"
    assert bill_lines.decode(line.encode() + b"\n") == message


REFUSED = {
    "nothing": (b"", "line"),
    "no object": (b"[]", "not an object"),
    "no UTF-8": (b'{"ask":"\xff"}', "not UTF-8"),
    "neither": (b'{"ref":"1"}', "answer: a text"),
    "no reference": (b'{"ask":"reconcile"}', "ref: a text"),
    "unknown question": (b'{"ask":"steal","ref":"1"}', "'steal' is not a valid Ask"),
    "a member missing": (b'{"ask":"confirm","ref":"1"}', "payment: missing"),
    "a member too many": (b'{"ask":"reconcile","ref":"1","x":1}', "'x': not a member"),
    "a member twice": (b'{"ask":"reconcile","ask":"pay","ref":"1"}', "stands twice"),
    "a broken amount": (
        b'{"ask":"pay","ref":"1","bill":"1","amount":1.5,"rrn":"1"}',
        "amount: a whole number",
    ),
    "a true amount": (
        b'{"ask":"pay","ref":"1","bill":"1","amount":true,"rrn":"1"}',
        "amount: a whole number",
    ),
    "an amount below zero": (
        b'{"ask":"pay","ref":"1","bill":"1","amount":-1,"rrn":"1"}',
        "amount: a whole number",
    ),
    "no number": (b'{"answer":"ok","ref":"1","amount":NaN}', "NaN: no number"),
    "a lone surrogate": (b'{"ask":"reconcile","ref":"\\ud800"}', "surrogates"),
    "items that are none": (b'{"answer":"ok","ref":"1","items":[1]}', "items: a list"),
    "too long": (b'{"ask":"' + b"x" * (1 << 18) + b'"}', "where 262144 fit"),
    "too deep": (b"[" * 100_000, "line"),
}


@pytest.mark.parametrize("line, message", REFUSED.values(), ids=REFUSED)
def test_a_line_that_is_no_message_is_refused(line: bytes, message: str) -> None:
    """Whatever is wrong with it, it is the other side's fault."""
    with pytest.raises(RemoteProtocolError, match=message.replace("(", r"\(")):
        bill_lines.decode(line)


@given(st.binary(max_size=60) | st.text(max_size=60).map(lambda text: text.encode()))
def test_noise_is_refused(noise: bytes) -> None:
    """No bytes bring the decoder down."""
    with pytest.raises(RemoteProtocolError):
        bill_lines.decode(noise)


WISHES: dict[str, Question | Answer] = {
    "a member missing": Question(Ask.PAY, "1", {"bill": "1"}),
    "a member too many": Question(Ask.RECONCILE, "1", {"date": "20110315"}),
    "no reference": Question(Ask.RECONCILE, "", {}),
    "an amount too large": Answer(Outcome.OK, "1", {"amount": 10**12}),
    "a line too long": Answer(Outcome.OK, "1", {}, (ITEM,) * 5000),
}


@pytest.mark.parametrize("message", WISHES.values(), ids=WISHES)
def test_what_is_in_no_table_cannot_be_sent(message: Question | Answer) -> None:
    """It is our fault, and told before it leaves."""
    with pytest.raises(LocalProtocolError):
        bill_lines.encode(message)
