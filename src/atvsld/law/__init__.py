"""The law as dated, cited data, and pure rules over it."""

from atvsld.kit.dated import Dated, NotInForce
from atvsld.law.book import LawAt, LawBook, Unconfirmed, load_book
from atvsld.law.codes import CodeItem, CodeList, Group
from atvsld.law.deadlines import Bound, Counting, Deadline, DeadlineRule, Unit, due
from atvsld.law.errors import LawDataError, UnknownEntry
from atvsld.law.forms.spec import FormSpec
from atvsld.law.instruments import Instrument
from atvsld.law.reading import Label
from atvsld.law.severity import (
    AccidentSeverity,
    CaseVerdict,
    Tier,
    Verdict,
    VictimFacts,
    classify_case,
    classify_victim,
)
from atvsld.law.targets import Target

__all__ = [
    "AccidentSeverity",
    "Bound",
    "CaseVerdict",
    "CodeItem",
    "CodeList",
    "Counting",
    "Dated",
    "Deadline",
    "DeadlineRule",
    "FormSpec",
    "Group",
    "Instrument",
    "Label",
    "LawAt",
    "LawBook",
    "LawDataError",
    "NotInForce",
    "Target",
    "Tier",
    "Unconfirmed",
    "Unit",
    "UnknownEntry",
    "Verdict",
    "VictimFacts",
    "classify_case",
    "classify_victim",
    "due",
    "load_book",
]
