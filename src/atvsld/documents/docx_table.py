"""A table of the paper as a Word table: merged header repeated on every page, widths fitted to the page."""

from __future__ import annotations

from typing import Any

from atvsld.documents import display, layout
from atvsld.documents import docx_xml as word
from atvsld.documents.model import Document, Row, Table

_SHADE = "F0F0F0"
_ALIGN = {"text": "left", "code": "center", "number": "right", "date": "center"}


def table_parts(doc: Document, table: Table, *, landscape: bool) -> list[Any]:
    """Title with unit, the table, its notes; ready to be put into the body."""
    fitted = layout.fit(table, landscape=landscape, language=doc.language)
    rows = _header(table, fitted)
    if table.number_row:
        rows.append(_numbers(table, fitted))
    marks = display.remarks(table)
    rows += [_row(doc, table, row, fitted, marks) for row in table.rows]
    named = [_title(doc, table, landscape=landscape)] if table.title or table.unit else []
    parts = [*named, word.table(rows, fitted.widths, borders=True)]
    notes = display.footnotes(table)
    if notes:
        label = word.run(display.word(doc.language, "notes"), size=11, bold=True, italic=True)
        parts.append(word.paragraph(label, before=4))
    for mark, text in notes:
        raised = [word.run(mark, size=11, italic=True, raised=True), word.run(" ", size=11)] if mark else []
        parts.append(word.paragraph(*raised, word.run(text, size=11)))
    parts.append(word.gap())
    return parts


def _title(doc: Document, table: Table, *, landscape: bool) -> Any:
    made = word.paragraph(word.run(display.clean(table.title), size=13, bold=True), keep_next=True, before=8)
    if table.unit:
        unit = f"{display.word(doc.language, 'unit')} {display.clean(table.unit)}"
        edge = word.twips(layout.text_width(landscape=landscape))
        made[0].insert(1, word.element("tabs", word.element("tab", val="right", pos=edge)))
        tab = word.element("r", word.element("tab"))
        made.extend([tab, word.run(unit, size=11.5, italic=True)])
    return made


def _header(table: Table, fitted: layout.Fit) -> list[Any]:
    """Header rows: a cell that reaches down is opened once and continued, empty, in each row below."""
    rows = layout.header_rows(table)
    made = []
    for place, row in enumerate(rows):
        cells = {cell.column: _label(cell, fitted) for cell in row}
        for above in (cell for earlier in rows[:place] for cell in earlier):
            if above.row + above.rowspan > place:
                width = sum(fitted.widths[above.column : above.column + above.colspan])
                cells[above.column] = word.cell(width=width, span=above.colspan, merge="continue", shade=_SHADE)
        made.append(word.table_row(*(cells[column] for column in sorted(cells)), header=True))
    return made


def _label(cell: layout.HeaderCell, fitted: layout.Fit) -> Any:
    text = word.run(display.clean(cell.label), size=fitted.size, bold=True)
    return word.cell(
        word.paragraph(text, align="center", keep_next=True),
        width=sum(fitted.widths[cell.column : cell.column + cell.colspan]),
        span=cell.colspan,
        merge="restart" if cell.rowspan > 1 else None,
        shade=_SHADE,
    )


def _numbers(table: Table, fitted: layout.Fit) -> Any:
    cells = [
        word.cell(
            word.paragraph(word.run(number, size=fitted.size, italic=True), align="center", keep_next=True), width=width
        )
        for number, width in zip(layout.column_numbers(table), fitted.widths, strict=True)
    ]
    return word.table_row(*cells, header=True)


def _row(doc: Document, table: Table, row: Row, fitted: layout.Fit, marks: dict[str, str]) -> Any:
    leaves, named, strong = table.leaves, layout.named_column(table), row.kind != "data"
    texts = display.row_texts(table, row, doc.language)
    spans = len(row.cells) != len(leaves)
    cells = []
    for place, (content, text) in enumerate(zip(row.cells, texts, strict=True)):
        runs = [word.run(text, size=fitted.size, bold=strong)]
        if content.note:
            runs.append(word.run(marks[content.note], size=fitted.size, italic=True, raised=True))
        body = word.paragraph(
            *runs,
            align="left" if spans else _ALIGN[leaves[place].kind],
            indent=row.level * 3 if spans or place == named else 0,
            keep_next=row.kind == "heading",
        )
        width = sum(fitted.widths) if spans else fitted.widths[place]
        cells.append(word.cell(body, width=width, span=len(leaves) if spans else 1))
    return word.table_row(*cells)
