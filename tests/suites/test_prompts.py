"""What a person is asked for each act."""

import pytest

from suites.acts import AT_CARD, PROMPTS, Verb
from suites.prompts import CHOICES, ENDS, PEOPLE, question

ARGUMENTS: dict[str, str | int] = {
    "amount": 5000,
    "kind": "cash",
    "card": "second",
    "pin": "123456",
    "tac-denial": "0010000000",
}


@pytest.mark.parametrize("verb", sorted(frozenset(PROMPTS) - AT_CARD))
def test_every_act_of_a_terminal_is_asked_for_in_both_languages(verb: Verb) -> None:
    """With its arguments, and the words it may end with."""
    asked = question(verb, ARGUMENTS)
    assert "{" not in asked.en + asked.zh
    assert any(ord(each) > 0x2E80 for each in asked.zh)
    assert asked.choices
    assert all(each.en and each.zh for each in asked.choices)


def test_a_sale_says_its_sum_and_what_the_people_do() -> None:
    """Minor units as people read them; the test PIN has to be entered by somebody."""
    asked = question(Verb.PURCHASE, {"amount": 5000, "pin": "123456", "cashback": 1050})
    assert asked.en.split("; ") == [
        "Start a sale of 50.00 and insert the card",
        "PIN to enter: 123456",
        "cashback: 10.50",
    ]
    assert "50.00 元" in asked.zh
    assert "输入密码：123456" in asked.zh
    assert asked.choices == ENDS


def test_settings_are_told_by_name() -> None:
    """All of them, as they are to be."""
    asked = question(Verb.CONFIGURE, {"tac-denial": "0010000000", "floor-limit": 100})
    assert "tac-denial = 0010000000, floor-limit = 100" in asked.en
    assert asked.choices[0].word == "CONFIGURED"


def test_a_card_to_be_swiped_keeps_its_ends_alone() -> None:
    """A prompt is text for people: card numbers in it are masked."""
    track_2 = "6210948000000011=30121010000000000"
    asked = question(Verb.PURCHASE, {"amount": 5000, "track-2": track_2})
    assert "6210948000000011" not in asked.en + asked.zh
    assert "621094" in asked.en


def test_what_has_no_words_is_asked_by_its_name() -> None:
    """A verb of a later release, or of another device."""
    asked = question("dance", {"steps": 3})
    assert (asked.en, asked.zh, asked.choices) == ("dance steps=3", "dance steps=3", ())


def test_choices_are_told_apart() -> None:
    """No word stands twice among the answers to one question."""
    for choices in (ENDS, *CHOICES.values()):
        words = [each.word for each in choices]
        assert len(set(words)) == len(words)
    assert all(each.en and each.zh for each in PEOPLE.values())
