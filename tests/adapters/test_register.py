"""Acts as ECR messages."""

import pytest

from adapters import register
from adapters.codec import ecr
from adapters.codec.ecr import Sender


@pytest.mark.parametrize("verb", register.REQUESTS)
def test_every_act_has_a_code_of_its_own(verb: str) -> None:
    """Two digits that no other act has, and an answer."""
    assert len(register.CODES[verb]) == 2
    assert list(register.CODES.values()).count(register.CODES[verb]) == 1
    assert (Sender.TERMINAL, verb) in register.PROFILE.fields


def test_a_purchase_alone_is_one_message() -> None:
    """As it was before acts had arguments."""
    (message,) = register.requests("purchase", {"amount": 10000})
    data = ecr.encode_message(message, Sender.REGISTER, register.PROFILE)
    assert data == b"01000000010000"


def test_what_people_do_goes_ahead_of_the_act() -> None:
    """One message for each argument that has no column."""
    sent = list(register.requests("purchase", {"amount": 10000, "pin": "123456", "choose": 2}))
    assert [each.transaction for each in sent] == ["argument", "argument", "purchase"]
    told = [register.arguments_of(each) for each in sent]
    assert told == [{"pin": "123456"}, {"choose": 2}, {"amount": 10000}]


def test_a_balance_is_told() -> None:
    """In a column of its own, where the act has one."""
    (request,) = register.requests("e-cash balance", {})
    answer = register.report(request, {"outcome": "ACKNOWLEDGED", "balance": 50000})
    data = ecr.encode_message(answer, Sender.TERMINAL, register.PROFILE)
    read = ecr.decode_message(data, Sender.TERMINAL, register.PROFILE)
    assert register.told(read) == {"outcome": "ACKNOWLEDGED", "balance": "50000"}
