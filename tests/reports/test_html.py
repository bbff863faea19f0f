import re
from collections.abc import Callable
from dataclasses import replace
from html.parser import HTMLParser

import pytest

from adapters.codec import iso8583, pos_link
from adapters.codec.iso8583 import Message
from adapters.codec.pos_dialect import POS
from adapters.events import Direction, Event, Kind, Port
from reports.bundle import open_bundle
from reports.container import BundleRefused
from reports.rejudge import rejudge, to_json
from reports.render.html import STYLE, render, style_digest
from suites.attempt import Attempt, Trouble
from suites.case import Case
from suites.finding import Verdict
from suites.judge import Judgement
from suites.judge_digest import judge_digest
from suites.phrase import Phrase
from suites.records import CloseRecord, LeftOut, PlannedRun
from tests.reports import hand_made
from tests.reports.hand_made import CAMPAIGN, CASES, END, EXCEEDED, FACTS, PLAN, judge
from tests.schema_examples import IDENTITY

HOSTILE = "<svg onload=alert(1)>"
# Terms of the standard for what card, issuer and terminal do with each other.
TERMS = re.compile(
    "(?:静态|动态|复合动态|脱机|标准|快速)*(?:数据认证)|发卡行认证|卡片认证|内部认证|外部认证"
)


class Page(HTMLParser):
    """Tags with their attributes, and the text of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[str] = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.texts.append(data)

    @property
    def text(self) -> str:
        return " ".join("".join(self.texts).split())


def page(
    journal: bytes,
    judge: Callable[[Attempt, Case], Judgement] = judge,
    cases: dict[str, Case] = CASES,
) -> str:
    bundle = open_bundle(hand_made.sealed(journal))
    return render(bundle, rejudge(bundle, judge, cases), cases)


def hostile_journal() -> bytes:
    """A campaign in which every text that anybody else wrote is hostile."""
    facts = replace(FACTS, device=HOSTILE, keys=(HOSTILE,))
    campaign = replace(
        CAMPAIGN,
        device=HOSTILE,
        practice=(HOSTILE,),
        keys=(HOSTILE,),
        runner=HOSTILE,
        identity=replace(
            IDENTITY, institution=replace(IDENTITY.institution, name_zh=HOSTILE, contact=HOSTILE)
        ),
        ics=replace(CAMPAIGN.ics, switches={HOSTILE: HOSTILE}),
        settings_channel={"operator": HOSTILE},
    )
    facts = replace(facts, switches=campaign.ics.switches)
    plan = replace(PLAN, left_out=(LeftOut(HOSTILE, "", HOSTILE, HOSTILE),))
    lines = hand_made.attempt_records(facts, hand_made.events(EXCEEDED, HOSTILE))
    trouble = Trouble("hang", HOSTILE, ours=False)
    closed = CloseRecord(facts.attempt_id, trouble)
    return hand_made.written(campaign, plan, *lines[:-1], closed, END)


def shows_all(attempt: Attempt, case: Case) -> Judgement:
    """As the judge by hand, but with hostile arguments and with every event as ground."""
    judgement = judge(attempt, case)
    findings = tuple(
        replace(
            finding,
            observed=Phrase("value", (HOSTILE, HOSTILE)),
            events=tuple(event.seq for event in attempt.events),
        )
        for finding in judgement.findings
    )
    return replace(judgement, findings=findings)


def test_the_page_says_what_was_found() -> None:
    """Verdict, clause, both sides of the finding, the event that shows it, what was left out."""
    text = Page(page(hand_made.journal(EXCEEDED))).text
    for expected in (
        "金融IC卡受理终端自测报告",
        "不符合",
        "not conforming",
        "CT-TRM-003[a]",
        "JR/T 0025.6 7.6.1",
        "交易未超过最低限额",
        "Floor limit not exceeded",
        "T1[5.8] = 0",
        "T1[5.8] = 1",
        "80AE4000",
        "生成应用密文 / GENERATE AC",
        "CT-ONL-013",
        "ICS: the case asks for online-only",
        CAMPAIGN.seed,
        judge_digest(),
        "最低限额",
    ):
        assert expected in text


def test_a_conforming_page_says_what_it_does_not_mean() -> None:
    """Conforming is said with its limits: a self-test, no approval, no more than was recorded."""
    text = Page(page(hand_made.journal())).text
    assert "符合 conforming" in text
    assert "不符合" not in text
    assert "It is no approval, licence or inspection result by anybody." in text
    assert "不是任何机构的批准、许可或检验结论" in text


def test_an_ics_that_lies_is_told_with_its_events() -> None:
    """The claim by its name, what the bytes say, where; and the device does not conform."""
    told = pos_link.Frame(
        bytes.fromhex("6000030000"),
        bytes.fromhex("603100310730"),
        iso8583.encode(Message("0200", {11: "000002", 60: "2200000100061"}), POS),
    )
    recorded = hand_made.events()
    stamp, data = recorded[-1].stamp, pos_link.encode(told)
    seq = len(recorded) + 1
    message = Event(seq, Port.HOST_T, Direction.FROM_IUT, Kind.MESSAGE, data, {}, stamp)
    lying = hand_made.attempt_records(FACTS, (*recorded, message))
    text = Page(page(hand_made.written(CAMPAIGN, PLAN, *lying, END))).text
    for expected in (
        "声明不实",
        "the ICS lies",
        "非接触式读卡器 Contactless reader (contactless)",
        "DE60.4 is 6",
        "60.4域为 6",
        f"{FACTS.attempt_id}: {seq}",
        "不符合 not conforming",
    ):
        assert expected in text
    assert "声明不实" not in Page(page(hand_made.journal())).text


def test_marks_stand_first() -> None:
    """Practice and emulated are told before the conclusion."""
    text = Page(page(hand_made.journal())).text
    assert text.index("练习") < text.index("被测设备为软件模拟") < text.index("自测结论")
    assert "asked for with --practice" in text


def test_every_attempt_is_shown() -> None:
    """A pass that follows a failure hides nothing."""
    text = Page(page(hand_made.twice())).text
    assert "direct-pos/CT-TRM-003[a]/1" in text
    assert "direct-pos/CT-TRM-003[a]/2" in text
    assert "不符合" in text


def test_what_was_not_run_is_told() -> None:
    """A planned run without an attempt is not run, and the campaign is not conforming."""
    runs = (*PLAN.runs, PlannedRun("CT-TRM-003", "b", hand_made.DIGEST, {}))
    lines = hand_made.attempt_records(FACTS, hand_made.events())
    text = Page(page(hand_made.written(CAMPAIGN, replace(PLAN, runs=runs), *lines, END))).text
    assert "未执行 not run" in text
    assert "不得视为符合" in text


def test_a_case_that_is_unknown_here_is_told() -> None:
    """The page of an older or newer bundle says which cases it could not judge."""
    text = Page(page(hand_made.journal(), cases={})).text
    assert "本版本未收录的案例" in text
    assert "case-unknown" in text


def test_identity_and_fidelity_are_shown() -> None:
    """Every field of the identity with its name, and how true each port is."""
    journal = hand_made.written(
        replace(CAMPAIGN, identity=IDENTITY),
        PLAN,
        *hand_made.attempt_records(FACTS, hand_made.events()),
        END,
    )
    text = Page(page(journal)).text
    for expected in ("测试收单机构", "硬件序列号", "12345678", "功能等效 functional", "李四"):
        assert expected in text


def test_a_hostile_text_is_inert() -> None:
    """A tag from a device, an operator or a bundle is text: neither element nor attribute."""
    drawn = page(hostile_journal(), shows_all)
    parsed = Page(drawn)
    assert HOSTILE in parsed.text
    assert "<svg" not in drawn
    assert drawn.count("&lt;svg onload=alert(1)&gt;") > 10
    tags = {tag for tag, _ in parsed.tags}
    assert not tags & {"svg", "script", "img", "iframe", "object", "embed", "link", "base", "form"}
    attributes = {name for _, attributes in parsed.tags for name in attributes}
    assert not [name for name in attributes if name.startswith("on") or name in ("src", "style")]


def test_nothing_is_loaded() -> None:
    """No address outside the page, no script, and a policy that forbids both."""
    drawn = page(hostile_journal(), shows_all)
    parsed = Page(drawn)
    assert "://" not in drawn
    assert "url(" not in drawn
    assert "@import" not in drawn
    targets = [attributes["href"] for _, attributes in parsed.tags if "href" in attributes]
    assert targets
    assert all(target and target.startswith("#run-") for target in targets)
    (policy,) = (
        attributes["content"]
        for tag, attributes in parsed.tags
        if tag == "meta" and attributes.get("http-equiv") == "Content-Security-Policy"
    )
    assert policy == (
        f"default-src 'none'; style-src '{style_digest(STYLE.read_text(encoding='utf-8'))}';"
        " base-uri 'none'; form-action 'none'"
    )


def test_the_policy_allows_the_style_that_is_there() -> None:
    """The digest in the policy is that of the page's style element."""
    drawn = page(hand_made.journal())
    (style,) = re.findall(r"<style>(.*?)</style>", drawn, re.DOTALL)
    assert style_digest(style) in drawn


@pytest.mark.parametrize(
    "control, shown",
    [("\x00", "␀"), ("\x1b", "␛"), ("\x7f", "␡"), ("\x85", "⟨U+0085⟩"), ("\u202e", "⟨U+202E⟩")],
)
def test_control_characters_are_shown(control: str, shown: str) -> None:
    """What a device sends to steer a display is shown instead."""
    journal = hand_made.journal(EXCEEDED, f"A{control}B")
    drawn = page(journal, shows_all)
    assert f"A{shown}B" in drawn
    assert control not in drawn


def test_no_word_promises_more_than_a_self_test() -> None:
    """认证 stands only in terms of the standard, 检测合格 nowhere."""
    claims = ("cda", "dda", "offline-with-online", "sda")
    campaign = replace(CAMPAIGN, ics=replace(CAMPAIGN.ics, claims=claims), identity=IDENTITY)
    facts = replace(FACTS, claims=frozenset(claims))
    for command in (EXCEEDED, hand_made.GENERATE_AC):
        lines = hand_made.attempt_records(facts, hand_made.events(command))
        drawn = page(hand_made.written(campaign, PLAN, *lines, END))
        assert "静态数据认证" in drawn
        assert "认证" not in TERMS.sub("", drawn)
        assert "检测合格" not in drawn


def test_the_page_is_accessible() -> None:
    """Language, title, captions and header cells are there, and every English text is marked."""
    drawn = page(hand_made.journal(EXCEEDED))
    parsed = Page(drawn)
    (html,) = (attributes for tag, attributes in parsed.tags if tag == "html")
    assert html["lang"] == "zh-CN"
    tags = [tag for tag, _ in parsed.tags]
    assert tags.count("table") == tags.count("caption") == tags.count("thead")
    assert all("scope" in attributes for tag, attributes in parsed.tags if tag == "th")
    assert '<span lang="en">Conclusion</span>' in drawn
    assert "@media print" in drawn


def test_a_page_is_repeatable() -> None:
    """The same bundle and judgement give the same page."""
    assert page(hand_made.twice()) == page(hand_made.twice())


def test_a_bundle_that_lies_has_no_page() -> None:
    """Findings that the same judge does not confirm are not drawn."""
    ours = hand_made.journal().replace(b"0" * 64, judge_digest().encode(), 1)
    bundle = open_bundle(hand_made.sealed(ours))
    found = rejudge(bundle, judge, CASES)
    lie = to_json(found).replace(b'"pass"', b'"fail"')
    with pytest.raises(BundleRefused, match="lies"):
        render(open_bundle(hand_made.sealed(ours, lie)), found, CASES)


@pytest.mark.parametrize("verdict", list(Verdict))
def test_every_verdict_has_its_page(verdict: Verdict) -> None:
    """A judgement of any verdict is drawn with its word and cause."""

    def says(attempt: Attempt, _: Case) -> Judgement:
        return Judgement(attempt.facts.attempt_id, verdict, (), "some-cause")

    assert "some-cause" in Page(page(hand_made.journal(), says)).text
