"""A notice as a paper in the form of Decree 30/2020: the words, then an annex with tables, sources and rules.

The same blocks make the Word file, the PDF and the public page.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from django.utils import timezone

from atvsld.documents import model
from atvsld.kit.certainty import Certainty
from atvsld.kit.text import format_date
from atvsld.oversight.publication import charts
from atvsld.oversight.publication.content import Content, Difference
from atvsld.oversight.publication.figures import DAMAGE_NAMES, FILE_NAMES, NAMES, SECTOR_MARKS, Figure
from atvsld.oversight.publication.rules import Rules, load_rules
from atvsld.oversight.publication.tables import COLUMN_LABELS, Line, PublicTable
from atvsld.oversight.publication.words import SECTIONS, filled
from atvsld.statistics.change import change

HIDDEN = "…"
_SECTOR_LABELS = {"all": "Toàn tỉnh", "contract": "Có quan hệ lao động", "non_contract": "Không theo hợp đồng lao động"}
_TITLE = "Thông báo"


def document(
    content: Content, sections: Mapping[str, str], *, revision: int = 0, reason: str = "", earlier: str = ""
) -> model.Document:
    """The whole paper without letterhead and signature. `earlier`: the edition that this one replaces, in words."""
    about = f"Tình hình tai nạn lao động {content.period.label_vi} trên địa bàn {content.place}"
    return model.Document(
        title=_TITLE,
        subtitle=about + (f" (điều chỉnh lần {revision})" if revision else ""),
        blocks=(
            *_marks(content), *_said(content, sections), *_replaced(content, reason, earlier), model.SignatureHere(),
            model.PageBreak(), model.Heading("Phụ lục: số liệu và cách tính"), *annex(content),
        ),
        recipients=_recipients(sections),
        footer=f"Số liệu đến {_moment(content)}",
        metadata={"period": content.period.code, "as_of": content.as_of.isoformat(), "revision": revision},
    )  # fmt: skip


def _marks(content: Content) -> Iterator[model.Block]:
    if content.synthetic:
        yield model.Notice("warning", "DỮ LIỆU MẪU, TỔNG HỢP BẰNG MÁY: không phải số liệu thật.")


def _said(content: Content, sections: Mapping[str, str]) -> Iterator[model.Block]:
    number = 0
    decimals = load_rules().percent_decimals
    for section in SECTIONS:
        text = sections.get(section.name, "").strip()
        if not text or not section.title:
            continue
        number += 1
        yield model.Heading(f"{number}. {section.title}")
        for line in filled(text, content.figures, content.phrases, decimals).splitlines():
            if line.strip():
                yield model.Paragraph(line.strip())


def _replaced(content: Content, reason: str, earlier: str) -> Iterator[model.Block]:
    if earlier:
        yield model.Heading("Điều chỉnh so với lần công bố trước")
        yield model.Paragraph(f"Thông báo này thay thế {earlier}. Lý do: {reason or 'cập nhật hồ sơ'}.")
        if content.differences:
            yield differences_table("dieu-chinh", "Số liệu thay đổi", content.differences)
        else:
            yield model.Paragraph("Các số được công bố không thay đổi.")


def annex(content: Content) -> Iterator[model.Block]:
    """Tables, chart, sources, rules."""
    yield summary_table(content)
    yield model.Chart(charts.totals(content), charts.totals_alt(content), 640, 260)
    yield damages_table(content)
    for table in content.tables:
        if table.blank:
            yield model.Paragraph(
                f"{table.title}: không công bố chi tiết, vì số vụ quá ít và người bị nạn có thể bị nhận ra.", "italic"
            )
        else:
            yield breakdown(content, table)
    if content.earlier_year:
        title = f"Số liệu {content.period.year_before().label_vi} đã công bố nay được tính lại"
        yield differences_table("ky-truoc", f"{title} (bổ sung hồ sơ, đổi địa giới)", content.earlier_year)
    yield model.Heading("Nguồn số liệu và cách bảo vệ thông tin cá nhân", 2)
    for line in method(content):
        yield model.Paragraph(line, "plain")


def summary_table(content: Content) -> model.Table:
    """Measures by sector, with the year before and the change."""
    three = (
        *_pair_of_columns(content, 16),
        model.Column("Biến động", kind="text", width=24),
    )
    columns = [
        model.Column("Chỉ tiêu", width=52),
        *(model.Column(label, children=three) for label in _SECTOR_LABELS.values()),
    ]
    rows = []
    for measure, (name, unit, label) in NAMES.items():
        cells = [model.Cell(f"{label} ({unit})")]
        for column in _SECTOR_LABELS:
            cells += _three(content.figures[SECTOR_MARKS[column] + name])
        rows.append(model.Row(measure, tuple(cells)))
    return model.Table("tong-hop", "Bảng 1. Tổng hợp", tuple(columns), tuple(rows), notes=(hidden_note(content),),
                       landscape=True)  # fmt: skip


def damages_table(content: Content) -> model.Table:
    """What the accidents cost, for the whole province only, and where the cases stand."""
    columns = (
        model.Column("Chỉ tiêu", width=70), model.Column("Đơn vị", width=20), *_pair_of_columns(content, 24),
        model.Column("Biến động", width=40),
    )  # fmt: skip
    names = [name for name, _unit, _label in DAMAGE_NAMES.values()] + [name for name, _label in FILE_NAMES.values()]
    rows = []
    for name in names:
        figure = content.figures[name]
        if name == "chi_khac" and figure.value is None:
            three = [model.Cell(None, text="–"), model.Cell(None, text="chưa thu thập"), model.Cell("")]
        else:
            three = _three(figure)
        rows.append(model.Row(name, (model.Cell(figure.label), model.Cell(figure.unit), *three)))
    return model.Table("thiet-hai", "Bảng 2. Thiệt hại; điều tra, xử lý", columns, tuple(rows))


def breakdown(content: Content, table: PublicTable) -> model.Table:
    """One breakdown as the reader sees it."""
    number = 3 + [one.id for one in content.tables if not one.blank].index(table.id)
    columns = [
        model.Column("", width=84),
        *(model.Column(COLUMN_LABELS[name], children=_pair_of_columns(content, 18)) for name in table.columns),
    ]
    rows = tuple(_line(table, line) for line in table.lines)
    notes = [table.note] if table.note else []
    if any(figure is None for line in table.lines for figure in line.now.values()) or table.folded:
        notes.append(hidden_note(content))
    return model.Table(f"theo-{table.id}", f"Bảng {number}. {table.title}", tuple(columns), rows, notes=tuple(notes))


def differences_table(key: str, title: str, differences: tuple[Difference, ...]) -> model.Table:
    """What was printed and what holds now."""
    columns = (model.Column("Chỉ tiêu", width=80), model.Column("Đã công bố", kind="number", width=26),
               model.Column("Nay", kind="number", width=26), model.Column("Thay đổi", width=40))  # fmt: skip
    rows = tuple(
        model.Row(
            str(at), (model.Cell(one.label), model.Cell(one.earlier), model.Cell(one.now), model.Cell(one.change))
        )
        for at, one in enumerate(differences)
    )
    return model.Table(key, title, columns, rows)


def hidden_note(content: Content) -> str:
    return (
        f"Dấu “{HIDDEN}”: không công bố riêng vì số đếm nhỏ (từ 1 đến dưới {content.threshold}) hoặc vì từ đó tính ra "
        "được một số đếm nhỏ."
    )


def method(content: Content) -> Iterator[str]:
    """Sources with how sure they are, coverage, and the rule for small counts."""
    held = content.figures
    yield (
        f"Số liệu được tính từ hồ sơ tai nạn lao động đến {_moment(content)}, theo nơi xảy ra; cả hai kỳ tính trên địa "
        "giới cuối kỳ này."
    )
    for one in content.sources:
        state = "tính từ hồ sơ hiện có, chưa qua chấp nhận báo cáo"
        if one.state == "accepted":
            state = f"theo báo cáo đã chấp nhận ({one.reference})"
        doubt = "" if one.status is Certainty.OFFICIAL else f" Biểu mẫu: {one.status.label_vi.lower()}."
        yield f"Biểu {one.form} (bản từ {format_date(one.valid_from)}): số {state}.{doubt}"
    if held["co_so_phai_bao_cao"].value:
        yield (
            f"Báo cáo đã nộp: {held['co_so_da_bao_cao'].text()} trên {held['co_so_phai_bao_cao'].text()} cơ sở, "
            f"{held['xa_da_bao_cao'].text()} trên {held['xa_phai_bao_cao'].text()} xã, phường, đặc khu phải báo cáo."
        )
    yield (
        f"Độ phủ: {held['co_so_bao_cao'].text()} trên {held['co_so'].text()} cơ sở có báo cáo số lao động của năm. Vụ "
        f"chưa có kết luận, chưa tính: {held['vu_cho_ket_luan'].text()}."
    )
    yield from rule_lines(load_rules())


def rule_lines(rules: Rules) -> Iterator[str]:
    """Which figures are public by law, and how the others are protected."""
    for one in rules.exempt:
        yield f"{one.why} ({one.citation.locator}, Thông tư 13/2020/TT-BLĐTBXH)."
    yield f"{rules.damages.why} ({rules.damages.citation.locator}, Thông tư 13/2020/TT-BLĐTBXH)."
    yield (
        f"Các số đếm khác từ 1 đến dưới {rules.threshold} không công bố riêng, kể cả khi tính được bằng cách cộng, trừ "
        "các bảng của mọi lần công bố, giữa 6 tháng và cả năm, giữa địa giới cũ và mới. "
        f"Ngưỡng {rules.threshold}: {rules.threshold_status.label_vi.lower()}. {rules.threshold_note}"
    )


def _line(table: PublicTable, line: Line) -> model.Row:
    cells = [model.Cell(line.label)]
    for column in table.columns:
        for held in (line.before, line.now):
            value = held.get(column)
            if value is not None:
                cells.append(model.Cell(value))
            else:
                cells.append(model.Cell(None, text="" if line.kind == "rest" else HIDDEN))
    return model.Row(line.code, tuple(cells), kind="total" if line.kind == "total" else "data", level=0)


def _three(figure: Figure) -> list[model.Cell]:
    """Before, now, change."""
    cells = []
    for value, state in ((figure.before, figure.before_state), (figure.value, figure.state)):
        text = HIDDEN if state == "withheld" else "–"
        cells.append(model.Cell(None, text=text) if value is None else model.Cell(value))
    moved = change(figure.before, figure.value).compact(load_rules().percent_decimals)
    return [*cells, model.Cell(moved)]


def _pair_of_columns(content: Content, width: float) -> tuple[model.Column, ...]:
    """The year before and the period itself."""
    return (
        model.Column(_short(content, before=True), kind="number", width=width),
        model.Column(_short(content), kind="number", width=width),
    )


def _short(content: Content, *, before: bool = False) -> str:
    """`6T/2025` or `2025`, for column heads."""
    period = content.period.year_before() if before else content.period
    return f"6T/{period.year}" if "-" in period.code else str(period.year)


def _recipients(sections: Mapping[str, str]) -> model.Recipients | None:
    items = tuple(line.strip() for line in sections.get("noi_nhan", "").splitlines() if line.strip())
    return model.Recipients(items) if items else None


def _moment(content: Content) -> str:
    return format_date(timezone.localtime(content.as_of))
