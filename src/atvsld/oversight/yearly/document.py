"""The report as a paper: sections, sentences with linked figures, tables; letterhead and signature come from papers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from atvsld.documents.model import (
    Block,
    Cell,
    CellValue,
    Column,
    Document,
    Heading,
    Notice,
    Paragraph,
    Piece,
    Recipients,
    Row,
    Sentence,
    SignatureHere,
    Table,
)
from atvsld.kit.text import format_date
from atvsld.law.errors import UnknownEntry
from atvsld.law.programme import Programme
from atvsld.oversight.workplans.facade import Task
from atvsld.oversight.yearly.drafting.sentences import NOTHING
from atvsld.oversight.yearly.judging import UNPROVEN, Judged
from atvsld.oversight.yearly.models import ReportSentence, SentenceFigure, YearReport

Section = ReportSentence.Section
_ROMAN = ("I", "II", "III", "IV", "V", "VI")
_STATES = {"planned": "Chưa bắt đầu", "doing": "Đang làm", "done": "Đã xong", "stopped": "Dừng"}


@dataclass(frozen=True, slots=True)
class BodyLine:
    """What one body did, in the table of everybody's report."""

    name: str
    counts: Mapping[str, int]
    report: str


@dataclass(frozen=True, slots=True)
class Printed:
    """All that the paper says: sentences judged, and what its tables are made from."""

    report: YearReport
    programme: Programme | None
    sentences: tuple[Judged, ...]
    tasks: tuple[Task, ...] = ()
    proven: Mapping[int, bool] | None = None
    bodies: tuple[BodyLine, ...] = ()
    # By word of a measure, the register that counts it.
    registers: Mapping[str, str] = field(default_factory=dict)


def document(printed: Printed, *, links: bool = False) -> Document:
    """The paper. `links`: figures lead to their passport (pages)."""
    report = printed.report
    blocks: list[Block] = []
    claims = [one for one in printed.sentences if one.proven is not None]
    unproven = [one for one in claims if one.red]
    if unproven:
        of = f"{len(unproven)} trong {len(claims)} câu nêu việc đã, đang làm"
        said = f"{of} chưa có bằng chứng trong hồ sơ; các câu này được đánh dấu."
        blocks.append(Notice("warning", said))
    blocks.append(Paragraph(_preface(printed)))
    for number, section in numbered(printed.sentences):
        held = [one for one in printed.sentences if one.sentence.section == section]
        blocks.append(Heading(f"{number}. {section.label.upper()}"))
        blocks += _section(printed, held, links=links)
    blocks.append(SignatureHere())
    blocks += _tables(printed)
    moment = f"Số liệu lúc {_moment(report)}"
    return Document(
        title="Báo cáo",
        subtitle=report.title,
        blocks=tuple(blocks),
        addressed_to=report.addressed_to or None,
        recipients=Recipients(tuple(line for line in report.recipients.splitlines() if line.strip())),
        footer=moment,
        metadata={"report": report.public_id, "version": report.version},
    )


def numbered(sentences: Iterable[Judged]) -> list[tuple[str, Section]]:
    """The parts that have a sentence, numbered without gaps."""
    held = {one.sentence.section for one in sentences}
    return list(zip(_ROMAN, [section for section in Section if section in held], strict=False))


def _moment(report: YearReport) -> str:
    from django.utils import timezone

    local = timezone.localtime(report.drafted_at)
    return f"{local:%H:%M} ngày {format_date(local.date())}"


def _preface(printed: Printed) -> str:
    report, programme = printed.report, printed.programme
    name = programme.title.vi if programme else report.programme
    if report.kind == YearReport.Kind.ON_REQUEST:
        span = f"từ ngày {format_date(report.start)} đến ngày {format_date(report.end)}"
        return f"Thực hiện yêu cầu của cơ quan cấp trên, {report.owner} báo cáo về {name} {span} như sau:"
    return f"Thực hiện {name[:1].lower() + name[1:]}, {report.owner} báo cáo kết quả năm {report.year} như sau:"


def _section(printed: Printed, held: list[Judged], *, links: bool) -> list[Block]:
    blocks: list[Block] = []
    clause = ""
    for one in held:
        if one.sentence.section == Section.TASKS and one.sentence.clause != clause:
            clause = one.sentence.clause
            blocks.append(Heading(heading(printed, clause), 2))
        blocks.append(_sentence(one, links=links))
    return blocks


def heading(printed: Printed, clause: str) -> str:
    """What stands over the sentences of a clause, or of a heading of the plan."""
    programme = printed.programme
    if clause == NOTHING:
        return "Nội dung chưa có nhiệm vụ, số liệu"
    if programme is None or not clause:
        return "Nhiệm vụ khác"
    try:
        if printed.report.whole:
            return f"{programme.section(clause).title.vi} (Mục {clause})"
        found = programme.clause(clause)
    except UnknownEntry:
        return "Nhiệm vụ khác"
    return f"{found.text.vi} ({programme.place(found).vi})"


def _sentence(one: Judged, *, links: bool) -> Sentence:
    sentence = one.sentence
    tag = tag_of(sentence)
    pieces = tuple(
        Piece(part.text, figure_tag(sentence, part.mark), href_of(one.figures[part.mark]) if links else None)
        if part.mark
        else Piece(part.text)
        for part in one.parts
    )
    return Sentence(pieces, tag, UNPROVEN if one.red else "")


def tag_of(sentence: ReportSentence) -> str:
    """The name of a sentence in a Word file: which, and as it was at which version."""
    return f"s:{sentence.public_id}:{sentence.version}"


def figure_tag(sentence: ReportSentence, mark: str) -> str:
    return f"f:{sentence.public_id}:{mark}"


def href_of(figure: SentenceFigure) -> str:
    """The passport of a figure."""
    return f"/bao-cao-ke-hoach/so/{figure.public_id}/"


def _tables(printed: Printed) -> list[Block]:
    blocks: list[Block] = []
    if printed.bodies:
        blocks.append(_bodies(printed))
    elif printed.tasks:
        blocks.append(_task_table(printed))
    figures = _figure_table(printed)
    if figures.rows:
        blocks.append(figures)
    return blocks


def _task_table(printed: Printed) -> Table:
    proven = printed.proven or {}
    rows = []
    for number, task in enumerate(printed.tasks, start=1):
        claimed = task.state in {"doing", "done"}
        proof = ("Có" if proven.get(task.pk) else UNPROVEN) if claimed else "–"
        day = task.done_on or task.ends_on
        rows.append(
            Row(
                str(task.pk),
                (
                    Cell(number), Cell(task.title), Cell(task.clause or None), Cell(_STATES[task.state]),
                    Cell(task.percent), Cell(day), Cell(proof),
                ),
            )
        )  # fmt: skip
    columns = (
        Column("TT", kind="code", width=10), Column("Nhiệm vụ", width=100), Column("Mục kế hoạch", kind="code"),
        Column("Tình trạng"), Column("Tiến độ (%)", kind="number"), Column("Xong ngày, hạn", kind="date"),
        Column("Bằng chứng"),
    )  # fmt: skip
    return Table("nhiem-vu", "Phụ lục 1. Nhiệm vụ, tình trạng và bằng chứng", columns, tuple(rows), landscape=True)


def _bodies(printed: Printed) -> Table:
    keys = ("all", "done", "doing", "planned", "stopped", "proven")
    rows = [
        Row(str(number), (Cell(number), Cell(one.name), *(Cell(one.counts[key]) for key in keys), Cell(one.report)))
        for number, one in enumerate(printed.bodies, start=1)
    ]
    total = (Cell(""), Cell("Cộng"), *(Cell(sum(one.counts[key] for one in printed.bodies)) for key in keys), Cell(""))
    labels = ("Nhiệm vụ", "Đã xong", "Đang làm", "Chưa bắt đầu", "Dừng", "Đã, đang làm có bằng chứng")
    columns = (
        Column("TT", kind="code", width=10), Column("Đơn vị", width=70),
        *(Column(label, kind="number", width=19) for label in labels), Column("Báo cáo năm", width=60),
    )  # fmt: skip
    return Table(
        "don-vi", "Phụ lục 1. Nhiệm vụ và báo cáo của các đơn vị", columns, (*rows, Row("total", total, "total")),
        landscape=True,
    )  # fmt: skip


def _figure_table(printed: Printed) -> Table:
    """Every figure of the registers once, with that of the year before beside it, under the register that counts it."""
    end = printed.report.end.isoformat()
    held = [figure for one in printed.sentences for figure in one.figures.values() if figure.source == "measure"]
    now = {(one.word, one.key): one for one in held if one.asked.get("end") == end}
    before = {(one.word, one.key): one for one in held if one.asked.get("end") != end}
    rows: list[Row] = []
    register = ""
    for number, (name, figure) in enumerate(now.items(), start=1):
        label = printed.registers.get(name[0]) or name[0]
        if label != register:
            register = label
            rows.append(Row(f"h-{number}", (Cell(register),), "heading"))
        earlier = before.get(name)
        change = None
        if earlier is not None and earlier.value is not None and figure.value is not None:
            change = round(figure.value - earlier.value, max(figure.decimals, earlier.decimals))
        cells = (
            Cell(number),
            Cell(figure.label),
            Cell(figure.unit),
            Cell(_plain(earlier)),
            Cell(_plain(figure)),
            Cell(change),
        )
        rows.append(Row(str(number), cells))
    columns = (
        Column("TT", kind="code", width=10), Column("Số liệu", width=105), Column("Đơn vị tính", width=30),
        *(Column(label, kind="number", width=34) for label in ("Năm trước", "Năm báo cáo", "Tăng, giảm")),
    )  # fmt: skip
    return Table("so-lieu", "Phụ lục 2. Số liệu lấy từ các sổ đăng ký", columns, tuple(rows), landscape=True)


def _plain(figure: SentenceFigure | None) -> CellValue:
    if figure is None or figure.value is None:
        return None
    return round(figure.value, figure.decimals) if figure.decimals else int(figure.value)
