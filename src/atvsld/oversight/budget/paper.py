"""The consolidated estimate as a paper in the form of Decree 30/2020; the layout of its tables is ours and says so."""

from __future__ import annotations

from collections.abc import Iterator

from atvsld.documents import model
from atvsld.kit.text import format_number
from atvsld.oversight.budget.gather import Estimate, Line
from atvsld.oversight.budget.models import BudgetLine
from atvsld.oversight.budget.totals import Amounts

UNIT = "đồng"


def document(found: Estimate) -> model.Document:
    """The whole paper; Vietnamese whatever the reader's language."""
    own = found.issuer is not None and found.issuer.name == found.finance
    head = None
    if found.issuer is not None:
        head = model.Letterhead(found.issuer.parent_line or None, found.issuer.name, None, found.place, found.on)
    return model.Document(
        title="Tổng hợp dự toán" if found.body is None else "Dự toán",
        subtitle=f"Kinh phí thực hiện kế hoạch về an toàn, vệ sinh lao động năm {found.year}{_whose(found)}",
        blocks=tuple(_blocks(found)),
        letterhead=head,
        addressed_to=None if own or not found.finance else found.finance,
        signature=model.Signature("THỦ TRƯỞNG ĐƠN VỊ"),
        recipients=model.Recipients(("Như trên;" if not own and found.finance else "Ủy ban nhân dân;", "Lưu: VT.")),
        footer=f"Số liệu đến {found.on:%d/%m/%Y}",
        metadata={"year": found.year, "author": found.issuer.name if found.issuer else ""},
    )


def _whose(found: Estimate) -> str:
    """The body it is about, where the letterhead does not say."""
    return f" của {found.body.name}" if found.body is not None and found.issuer is None else ""


def _blocks(found: Estimate) -> Iterator[model.Block]:
    yield model.Notice("provisional", found.layout.note)
    yield model.Paragraph(
        f"Dự toán của {format_number(len(found.payers))} đơn vị cho {format_number(len(found.lines))} khoản chi: "
        f"{format_number(found.total)} đồng. Khoản làm chung chỉ tính ở đơn vị chi."
    )
    yield _by_source(found)
    yield model.SignatureHere()
    if found.body is None:
        yield _by_payer(found)
    yield _detail(found)
    if found.apart:
        yield _apart(found)


def _label(code: str) -> str:
    return str(BudgetLine.Source(code).label)


def _by_source(found: Estimate) -> model.Table:
    columns = (
        model.Column("Nguồn", "A", width=58),
        *(_number(label, str(at)) for at, label in enumerate((f"Dự toán {found.year}", f"Dự toán {found.year - 1}",
          f"Được giao {found.year - 1}", f"Đã chi {found.year - 1}"), start=1)),
    )  # fmt: skip
    rows = []
    total = Amounts()
    for code in found.sources:
        last = found.before.get(code, Amounts())
        total += last
        rows.append(_row(code, _label(code), found.of(source=code), last))
    rows.append(_row("total", "Cộng", found.total, total, kind="total"))
    return model.Table("theo-nguon", "Theo nguồn, so với năm trước", columns, tuple(rows), unit=UNIT, number_row=True)


def _row(key: str, label: str, now: object, last: Amounts, *, kind: model.RowKind = "data") -> model.Row:
    cells = (model.Cell(label), model.Cell(now), *map(model.Cell, (last.estimated, last.allocated, last.spent)))  # type: ignore[arg-type]
    return model.Row(key, cells, kind=kind)


def _number(label: str, number: str = "", width: float | None = None) -> model.Column:
    return model.Column(label, number or None, kind="number", width=width)


def _by_payer(found: Estimate) -> model.Table:
    used = [code for code in found.sources if found.of(source=code)]
    columns = (
        model.Column("TT", kind="code", width=9),
        model.Column("Đơn vị", width=60),
        *(_number(_label(code)) for code in used),
        _number("Cộng"),
    )
    rows = [
        model.Row(
            str(at),
            (
                model.Cell(str(at)),
                model.Cell(payer),
                *(model.Cell(found.of(payer=payer, source=code)) for code in used),
                model.Cell(found.of(payer=payer)),
            ),
        )
        for at, payer in enumerate(found.payers, start=1)
    ]
    sums = (model.Cell(found.of(source=code)) for code in used)
    rows.append(model.Row("total", (model.Cell(""), model.Cell("Cộng"), *sums, model.Cell(found.total)), kind="total"))
    return model.Table(
        "theo-don-vi", "Phụ lục 1. Theo đơn vị và nguồn", columns, tuple(rows), unit=UNIT, landscape=True
    )


def _detail(found: Estimate) -> model.Table:
    columns = (
        model.Column("TT", kind="code", width=11), model.Column("Nhiệm vụ", width=62),
        model.Column("Nội dung của kế hoạch", width=38), model.Column("Nội dung chi, cách tính", width=62),
        model.Column("Nguồn", width=34), _number("Dự toán", width=30),
    )  # fmt: skip
    rows: list[model.Row] = []
    for at, payer in enumerate(found.payers, start=1):
        own = [line for line in found.lines if line.payer == payer]
        blank = (model.Cell(""),) * 3
        head = (model.Cell(str(at)), model.Cell(payer), *blank, model.Cell(found.of(payer=payer)))
        rows.append(model.Row(f"p{at}", head, kind="total"))
        rows += [model.Row(f"{at}.{n}", _detail_cells(f"{at}.{n}", line)) for n, line in enumerate(own, start=1)]
    last = (model.Cell(""), model.Cell("Tổng cộng"), *(model.Cell(""),) * 3, model.Cell(found.total))
    rows.append(model.Row("total", last, kind="total"))
    return model.Table(
        "chi-tiet", "Phụ lục 2. Chi tiết theo đơn vị, nhiệm vụ", columns, tuple(rows), unit=UNIT, landscape=True
    )


def _detail_cells(number: str, line: Line) -> tuple[model.Cell, ...]:
    purpose = f"{line.purpose} ({line.basis})" if line.basis else line.purpose
    texts = (number, line.task, line.clause, purpose, _label(line.source))
    return (*map(model.Cell, texts), model.Cell(line.estimate))


def _apart(found: Estimate) -> model.Table:
    columns = (
        model.Column("Đơn vị", width=60), model.Column("Nhiệm vụ", width=62), model.Column("Nội dung chi", width=62),
        model.Column("Đã tính ở", width=48), _number("Dự toán", width=30),
    )  # fmt: skip
    rows = tuple(
        model.Row(
            str(at), (*map(model.Cell, (line.payer, line.task, line.purpose, line.holder)), model.Cell(line.estimate))
        )
        for at, line in enumerate(found.apart, start=1)
    )
    return model.Table(
        "da-tinh", "Phụ lục 3. Khoản làm chung, đã tính ở đơn vị chi (không cộng)", columns, rows, unit=UNIT,
        landscape=True,
    )  # fmt: skip
