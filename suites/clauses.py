"""Clauses of the standards, by document: cited, never quoted."""

from dataclasses import dataclass

from suites.words import Title


@dataclass(frozen=True, slots=True)
class Document:
    """A standard, as a report names it."""

    key: str
    title: Title

    def __getitem__(self, number: str) -> "Clause":
        return Clause(self, number)


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause; `certain` is False where its number was inferred from a contents list.

    `editions` are those of JR/T 0025 in which the clause was found.
    """

    document: Document
    number: str
    certain: bool = True
    editions: tuple[str, ...] = ("2.0",)

    def inferred(self) -> "Clause":
        return Clause(self.document, self.number, certain=False, editions=self.editions)

    def __str__(self) -> str:
        mark = "" if self.certain else "?"
        return f"{self.document.key} {self.number}{mark}".strip()


JRT_0025_6 = Document(
    "JR/T 0025.6",
    Title(
        "JR/T 0025 part 6: debit/credit, terminal specification",
        "JR/T 0025 第6部分：借记/贷记终端规范",
    ),
)
JRT_0025_3 = Document(
    "JR/T 0025.3",
    Title(
        "JR/T 0025 part 3: requirements of IC card and terminal independent of the application",
        "JR/T 0025 第3部分：与应用无关的IC卡与终端接口规范",
    ),
)
JRT_0025_7 = Document(
    "JR/T 0025.7",
    Title("JR/T 0025 part 7: debit/credit, security", "JR/T 0025 第7部分：借记/贷记安全规范"),
)
JRT_0025_5 = Document(
    "JR/T 0025.5",
    Title(
        "JR/T 0025 part 5: debit/credit, card specification", "JR/T 0025 第5部分：借记/贷记卡片规范"
    ),
)
JRT_0025_3 = Document(
    "JR/T 0025.3",
    Title(
        "JR/T 0025 part 3: card to terminal, application independent",
        "JR/T 0025 第3部分：与应用无关的IC卡与终端接口规范",
    ),
)
JRT_0025_8 = Document(
    "JR/T 0025.8",
    Title("JR/T 0025 part 8: contactless, lower layers", "JR/T 0025 第8部分：非接触式规范"),
)
JRT_0025_12 = Document(
    "JR/T 0025.12",
    Title("JR/T 0025 part 12: contactless payment", "JR/T 0025 第12部分：非接触式IC卡支付规范"),
)
JRT_0025_13 = Document(
    "JR/T 0025.13",
    Title(
        "JR/T 0025 part 13: electronic cash",
        "JR/T 0025 第13部分：基于借记/贷记应用的小额支付规范",
    ),
)
JRT_0025_14 = Document(
    "JR/T 0025.14",
    Title(
        "JR/T 0025 part 14: contactless small payment, extended application",
        "JR/T 0025 第14部分：非接触式IC卡小额支付扩展应用规范",
    ),
)
EMV_BOOK_1 = Document(
    "EMV Book 1",
    Title("EMV 4.1 Book 1: card to terminal", "EMV 4.1 第1册：与应用无关的卡片和终端接口"),
)
# Where no clause is known but what card applications in the field and their laboratories do.
CARD_PRACTICE = Document(
    "card practice", Title("practice of PBOC card applications", "PBOC卡片应用的通行做法")
)
EMV_BOOK_2 = Document(
    "EMV Book 2", Title("EMV 4.1 Book 2: security", "EMV 4.1 第2册：安全和密钥管理")
)
EMV_BOOK_3 = Document("EMV Book 3", Title("EMV 4.1 Book 3: application", "EMV 4.1 第3册：应用规范"))
EMV_BOOK_4 = Document("EMV Book 4", Title("EMV 4.1 Book 4: terminal", "EMV 4.1 第4册：终端规范"))
JRT_0025_7 = Document(
    "JR/T 0025.7",
    Title("JR/T 0025 part 7: debit/credit, security", "JR/T 0025 第7部分：借记/贷记应用安全规范"),
)
# No standard has it: what laboratories of kiosks look at.
KIOSK_PRACTICE = Document(
    "kiosk practice", Title("practice of bill-payment kiosks", "便民缴费终端的通行做法")
)
UNIONPAY_POS = Document(
    "UnionPay POS", Title("UnionPay direct POS terminal specification", "中国银联直联POS终端规范")
)
JRT_0055 = Document(
    "JR/T 0055 / Q/CUP 006",
    Title(
        "JR/T 0055 and Q/CUP 006: technical specification of bankcard interoperability",
        "JR/T 0055、Q/CUP 006 银行卡联网联合技术规范",
    ),
)
GBT_17552 = Document(
    "GB/T 17552",
    Title(
        "GB/T 17552: identification cards, financial transaction cards",
        "GB/T 17552 识别卡 金融交易卡",
    ),
)
