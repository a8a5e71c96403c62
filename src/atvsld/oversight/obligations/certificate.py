"""Whether an establishment reported in time for three years: what is known, what is not, and the paper that says it.

Decree 58/2020/NĐ-CP, Article 5: a lower contribution asks, beside other things, for periodic reports on accidents and
on safety and hygiene that were correct, complete and in time in the three years before that of the proposal. The years
are read here as those the reports are about.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Min
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from atvsld.documents.model import Block, Cell, Column, Document, KeyValues, Notice, Paragraph, Row, Table
from atvsld.kit.certainty import Certainty
from atvsld.oversight.filing.models import Filing
from atvsld.oversight.obligations.expected import Expected, punctuality
from atvsld.oversight.obligations.states import ReportState
from atvsld.platform.papers.registry import Field, PaperKind, register
from atvsld.registers.establishments.models import Establishment

YEARS = 3
# The reports the article speaks of: accidents, and the yearly report on safety and hygiene.
COUNTED = ("R1", "R8")
_BASIS = "khoản 2 Điều 5 Nghị định số 58/2020/NĐ-CP"
# What the figures of this system cannot tell.
_UNKNOWN = (
    "Sự chính xác, đầy đủ của nội dung báo cáo: hệ thống chỉ biết báo cáo có bị trả lại hay đã được tiếp nhận.",
    "Báo cáo nộp bằng đường khác (giấy, fax, bưu điện) mà chưa ghi vào hệ thống, hoặc trước khi hệ thống nhận báo cáo.",
    "Các điều kiện khác của Điều 5 (xử phạt, tần suất tai nạn lao động): không xét trong văn bản này.",
)


@dataclass(frozen=True, slots=True)
class Material:
    """What the paper is written from. `began`: the day the system received its first report from anybody."""

    establishment: Establishment
    years: tuple[int, ...]
    reports: tuple[Expected, ...]
    began: date | None

    @property
    def counted(self) -> tuple[Expected, ...]:
        """The reports the article speaks of."""
        return tuple(one for one in self.reports if one.term.duty.id in COUNTED)

    @property
    def judged(self) -> tuple[Expected, ...]:
        """Those of which it can be said whether they were in time."""
        return tuple(one for one in self.counted if one.verdict.owes and not self.unrecorded(one))

    @property
    def open(self) -> tuple[Expected, ...]:
        """Those of which it cannot: not known whether owed, or due before the system received any report."""
        return tuple(one for one in self.counted if one.verdict.owes is None or self.unrecorded(one))

    @property
    def failing(self) -> tuple[Expected, ...]:
        """Those that came late, not at all, or stand returned."""
        return tuple(one for one in self.judged if not in_time(one))

    @property
    def on_time(self) -> bool | None:
        """Whether all were in time; None when for some it cannot be said, or none was due."""
        if self.failing:
            return False
        return None if self.open or not self.judged else True

    def unrecorded(self, one: Expected) -> bool:
        """Nothing is held of it, and nothing could be: its last good day lies before the system's first report."""
        last = one.term.lawful_last_ok
        return one.filed.day is None and (self.began is None or (last is not None and last < self.began))


def in_time(one: Expected) -> bool:
    """Handed in by the last good day of the law, and not standing returned."""
    last = one.term.lawful_last_ok
    filed = one.filed.day
    return filed is not None and last is not None and filed <= last and one.state is not ReportState.RETURNED


def material_of(establishment: Establishment, *, today: date) -> Material:
    """The three years before that of the proposal, which is the year of `today`."""
    years = tuple(range(today.year - YEARS, today.year))
    found = punctuality("establishments", establishment.pk, years, today=today)
    shown = [one for one in found if one.verdict.owes or one.filed.state or one.term.duty.id in COUNTED]
    return Material(establishment, years, tuple(shown), system_began())


def system_began() -> date | None:
    """The day the first report of anybody was handed in here; None before that."""
    first = Filing.objects.aggregate(first=Min("submitted_at"))["first"]
    return timezone.localtime(first).date() if first else None


def conclusion(material: Material) -> str:
    """What may be said, and nothing more."""
    span = f"{material.years[0]}–{material.years[-1]}"
    judged, unsaid = len(material.judged), len(material.open)
    if material.on_time:
        return f"Theo dữ liệu đang có, trong các năm {span} cơ sở nộp đúng thời hạn cả {judged} báo cáo phải nộp."
    rest = f" Còn {unsaid} báo cáo chưa có dữ liệu để nói." if unsaid else ""
    if material.on_time is False:
        return (
            f"Theo dữ liệu đang có, trong các năm {span} có {len(material.failing)} trong {judged} báo cáo"
            f" không được nộp đúng thời hạn, chưa nộp hoặc còn bị trả lại.{rest}"
        )
    return f"Dữ liệu đang có chưa đủ để kết luận cho các năm {span}.{rest}"


def _build(material: Material, fields: Mapping[str, str]) -> Document:
    record = material.establishment
    blocks: list[Block] = [
        KeyValues((("Cơ sở", record.name), ("Mã số thuế", record.tax_code), ("Địa chỉ", record.address or "chưa ghi"))),
        Paragraph(f"Căn cứ {_BASIS}, về việc thực hiện báo cáo định kỳ trong ba năm liền kề trước năm đề xuất:"),
        _table(material),
        Paragraph(conclusion(material), "bold"),
        Paragraph("Những điều dữ liệu này không cho biết:"),
        *(Paragraph(f"– {line}") for line in _UNKNOWN),
    ]
    if material.open:
        listed = "; ".join(f"{one.term.rule.label.vi}, {one.term.period.label_vi}" for one in material.open)
        blocks.append(Notice("warning", f"Chưa có dữ liệu để nói về: {listed}."))
    blocks += [Paragraph(line) for line in (fields.get("note") or "").splitlines() if line.strip()]
    return Document("Giấy xác nhận", "việc nộp báo cáo định kỳ trong ba năm", tuple(blocks))


def _table(material: Material) -> Table:
    columns = (
        Column("Báo cáo", width=58),
        Column("Kỳ", width=30),
        Column("Trước ngày", kind="date", width=22),
        Column("Nộp ngày", kind="date", width=22),
        Column("Muộn (ngày)", kind="number", width=15),
        Column("Tình trạng", width=25),
    )
    rows = tuple(
        Row(
            f"{one.term.duty.id}-{one.term.period.code}",
            (
                Cell(one.term.rule.label.vi),
                Cell(one.term.period.label_vi),
                Cell(one.term.deadline.due if type(one.term.deadline.due) is date else None),
                Cell(one.filed.day),
                Cell(_late(one)),
                Cell(_word(material, one)),
            ),
        )
        for one in material.reports
    )
    return Table("bao-cao", "", columns, rows)


def _late(one: Expected) -> int | None:
    last = one.term.lawful_last_ok
    return max(0, (one.filed.day - last).days) if one.filed.day and last else None


def _word(material: Material, one: Expected) -> str:
    if one.verdict.owes is None:
        return "chưa xác định phải nộp"
    if one.filed.day is None:
        return "không có dữ liệu" if material.unrecorded(one) else "chưa nộp"
    word = "bị trả lại" if one.state is ReportState.RETURNED else "đúng hạn" if in_time(one) else "muộn"
    return f"{word}, không phát sinh" if one.filed.nil else word


KIND = register(
    PaperKind(
        "report-punctuality",
        _("Giấy xác nhận"),
        "Nghị định 58/2020/NĐ-CP Điều 5 khoản 2",
        Certainty.PROVISIONAL,
        (Field("note", _("Ghi thêm"), rows=3),),
        _build,
        context="obligations",
        about=_("việc nộp báo cáo định kỳ trong ba năm"),
        symbol="GXN",
    )
)
