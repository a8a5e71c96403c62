"""Reading `data/reporting_duties/` strictly; every error names its place."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from importlib.resources.abc import Traversable

from atvsld.kit.certainty import Certainty
from atvsld.kit.dated import NotInForce
from atvsld.kit.periods import Period, PeriodError
from atvsld.law.book import LawBook, load_book
from atvsld.law.deadlines import due
from atvsld.law.errors import LawDataError
from atvsld.law.reading import DataFolder, Node
from atvsld.law.reporting_duties import (
    Condition,
    CutOff,
    Fact,
    FactKind,
    LocalDate,
    Reporter,
    ReportingCalendar,
    ReportingDuty,
    dated,
)

_FOLDER = "reporting_duties"
_WANTED = {FactKind.FLAG: "is", FactKind.NUMBER: "at_least", FactKind.SET: "has", FactKind.CODE: "starts"}


@lru_cache(maxsize=4)
def load_reporting_calendar(root: Traversable | None = None) -> ReportingCalendar:
    """The calendar from the package's data (or another folder), read and checked once."""
    book = load_book() if root is None else load_book(root)  # type: ignore[arg-type]  # folders are hashable
    return read_reporting_calendar(DataFolder(root), book)


def read_reporting_calendar(folder: DataFolder, book: LawBook) -> ReportingCalendar:
    """The calendar of a data folder against a law book; `LawDataError` names the entry that is wrong."""
    facts = _facts(folder)
    root = folder.read(f"{_FOLDER}/duties.yaml")
    root.day("checked_on")
    reporters = {node.text("id"): _reporter(node, facts) for node in root.nodes("reporters")}
    cut_offs = {node.text("id"): _cut_off(node) for node in root.nodes("cut_offs")}
    duties = {}
    for node in root.nodes("duties"):
        duty = _duty(node, book, facts, reporters, cut_offs)
        duties[duty.id] = duty
    root.done(None)
    for duty in duties.values():
        if duty.part_of is not None and duty.part_of not in duties:
            raise LawDataError(root.file, duty.id, f"không có nghĩa vụ {duty.part_of}")
    local = _local_dates(folder.read(f"{_FOLDER}/local_dates.yaml"), book, duties)
    return ReportingCalendar(book, facts, reporters, duties, local)


def _facts(folder: DataFolder) -> dict[str, Fact]:
    root = folder.read(f"{_FOLDER}/facts.yaml")
    root.day("checked_on")
    found = {
        node.text("id"): node.done(
            Fact(
                id=node.text("id"),
                kind=FactKind(node.one_of("kind", [kind.value for kind in FactKind])),
                label=node.label("label"),
                yes=node.label("holds"),
                no=node.label("fails"),
                unknown=node.label("unknown"),
                stated=node.flag("stated", default=False),
            )
        )
        for node in root.nodes("facts")
    }
    return root.done(found)


def _condition(node: Node, facts: Mapping[str, Fact]) -> Condition:
    fact = facts[node.one_of("fact", list(facts))]
    wanted = _WANTED[fact.kind]
    if not node.has(wanted):
        raise node.fail(f"sự kiện {fact.id} cần khóa “{wanted}”")
    return node.done(
        Condition(
            fact=fact.id,
            flag=node.flag("is", default=True) if wanted == "is" else None,
            least=node.number("at_least") if wanted == "at_least" else None,
            member=node.text("has") if wanted == "has" else "",
            starts=node.texts("starts"),
            perhaps=node.texts("perhaps"),
            citation=node.citation() if node.has("citation") else node.raw("citation"),
            status=node.status(Certainty.OFFICIAL),
        )
    )


def _reporter(node: Node, facts: Mapping[str, Fact]) -> Reporter:
    register = node.one_of("register", ["establishments", "providers", "bodies", "none"])
    reporter = Reporter(
        word=node.text("id"),
        register=register,  # type: ignore[arg-type]  # one of the four, as read
        functions=node.texts("functions"),
        binds=tuple(_condition(item, facts) for item in node.nodes("binds")),
    )
    if (register == "bodies") != bool(reporter.functions):
        raise node.fail("“functions” chỉ dùng, và phải có, với cơ quan")
    return node.done(reporter)


def _cut_off(node: Node) -> CutOff:
    return node.done(CutOff(node.text("id"), node.label("label"), node.citation(), node.status()))


def _duty(
    node: Node,
    book: LawBook,
    facts: Mapping[str, Fact],
    reporters: Mapping[str, Reporter],
    cut_offs: Mapping[str, CutOff],
) -> ReportingDuty:
    duty_id = node.text("id")
    if duty_id not in book.deadlines:
        raise node.fail(f"không có quy tắc thời hạn {duty_id}")
    rule = book.deadline(duty_id)
    if rule.owner not in reporters:
        raise node.fail(f"không có loại người báo cáo {rule.owner}")
    reporter = reporters[rule.owner]
    duty = ReportingDuty(
        id=duty_id,
        row=node.text("row"),
        label=rule.label,
        reporter=reporter,
        periods=node.texts("periods"),
        binds=(*reporter.binds, *(_condition(item, facts) for item in node.nodes("binds"))),
        also=node.texts("also"),
        chain=node.texts("chain"),
        cut_off=cut_offs[node.one_of("cut_off", list(cut_offs))],
        local=node.flag("local", default=False),
        publishes=node.flag("publishes", default=False),
        part_of=node.maybe_text("part_of"),
    )
    for key in (*duty.also, *duty.chain):
        if key not in book.names:
            raise node.fail(f"không có cơ quan hoặc người {key}")
    if not set(duty.periods) <= {"H1", "year"}:
        raise node.fail("“periods” chỉ gồm H1, year")
    if dated(rule) and set(duty.periods) != {
        word for word, day in (("H1", rule.half), ("year", rule.year)) if day is not None
    }:
        raise node.fail("“periods” không khớp các ngày của quy tắc thời hạn")
    return node.done(duty)


def _local_dates(root: Node, book: LawBook, duties: Mapping[str, ReportingDuty]) -> dict[tuple[str, str], LocalDate]:
    root.day("checked_on")
    found: dict[tuple[str, str], LocalDate] = {}
    for node in root.nodes("dates"):
        given = node.done(
            LocalDate(node.one_of("duty", list(duties)), node.text("period"), node.day("before"), node.text("basis"))
        )
        _require_earlier(node, given, duties[given.duty], book)
        found[given.duty, given.period] = given
    return root.done(found)


def _require_earlier(node: Node, given: LocalDate, duty: ReportingDuty, book: LawBook) -> None:
    """A locality may ask earlier where the duty allows it, and never later than the law."""
    if not duty.local:
        raise node.fail(f"{duty.id} không cho đặt ngày riêng")
    try:
        lawful = due(book, duty.id, period=Period.parse(given.period)).due
    except (PeriodError, NotInForce) as error:
        raise node.fail(str(error)) from error
    if lawful is None or given.before > lawful:
        raise node.fail(f"ngày {given.before:%d/%m/%Y} muộn hơn ngày luật định hoặc luật không định ngày")
