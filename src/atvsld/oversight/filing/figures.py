"""The figures of submissions as rows, so that those above add them up in one statement."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal

from django.db import connection

from atvsld.oversight.filing import keys
from atvsld.oversight.filing.content import Content
from atvsld.oversight.filing.models import Cell, Submission
from atvsld.oversight.filing.shape import shape_of

Address = tuple[str, str, str]
# Where figures of the header stand.
HEADER, HEADER_COLUMN = keys.HEADER, keys.HEADER_COLUMN
# Figures written in one statement.
PORTION = 100_000
_INSERT = """
INSERT INTO filing_figure (submission_id, cell_id, value, register_value, reason)
SELECT given.submission_id, cell.id, given.value, given.register_value, given.reason
FROM unnest(%(submission)s::bigint[], %(table)s::text[], %(row)s::text[], %(column)s::text[],
            %(value)s::numeric[], %(register)s::numeric[], %(reason)s::text[])
     AS given (submission_id, tab, row_key, col, value, register_value, reason)
JOIN filing_cell cell
  ON cell.form = %(form)s AND cell.form_valid_from = %(valid_from)s
 AND cell."table" = given.tab AND cell."row" = given.row_key AND cell."column" = given.col
"""


def write(handed_in: Iterable[tuple[Submission, Content]]) -> int:
    """Write the figures of the submissions, blanks included; how many were written.

    A plain zero is not written: most cells of most reports are one, and sums are the same without them. Figures of the
    header (workers, payroll) stand under the table `header`, so that those above may add them up too. A cell of words
    stands as 1: said.
    """
    by_form: dict[tuple[str, str], list[tuple[Submission, Content]]] = defaultdict(list)
    for submission, content in handed_in:
        by_form[content.form, content.form_valid_from].append((submission, content))
    written = 0
    for (form, valid_from), group in by_form.items():
        _name_cells(form, date.fromisoformat(valid_from), [content for _submission, content in group])
        rows: list[tuple[int, str, str, str, Decimal | None, Decimal | None, str]] = []
        for submission, content in group:
            rows += _rows(submission, content)
            if len(rows) >= PORTION:
                written += _insert(form, valid_from, rows)
                rows = []
        written += _insert(form, valid_from, rows)
    return written


def addresses(content: Content) -> Iterator[Address]:
    """Table, row and column of every figure of a report that is written."""
    for (table, row, column), _value, _held, _reason in _told(content):
        yield table, row, column


def _told(content: Content) -> Iterator[tuple[Address, Decimal | None, Decimal | None, str]]:
    """Every figure that is no plain zero, with what the registers held and the reason of a departure."""
    for table, rows in content.figures.items():
        for row, cells in rows.items():
            for column, value in cells.items():
                held = content.registers.get(table, {}).get(row, {}).get(column)
                if value is None or value or held:
                    yield (table, row, column), value, held, content.reasons.get(keys.cell(table, row, column), "")
    for key in content.words.cells:
        table, _slash, rest = key.partition("/")
        row, _slash, column = rest.rpartition("/")
        yield (table, row, column), Decimal(1), None, ""
    shape = shape_of(content.form, date.fromisoformat(content.form_valid_from), content.period)
    for key, line in shape.header.items():
        if line.source.startswith("workforce."):
            text = content.header.get(key)
            value = None if text is None else Decimal(text)
            stated = content.registers.get(HEADER, {}).get(key, {}).get(HEADER_COLUMN)
            yield (HEADER, key, HEADER_COLUMN), value, stated, content.reasons.get(keys.header(key), "")


def _rows(
    submission: Submission, content: Content
) -> Iterator[tuple[int, str, str, str, Decimal | None, Decimal | None, str]]:
    for (table, row, column), value, held, reason in _told(content):
        yield submission.pk, table, row, column, None if value is None else round(value, 3), held, reason


def _insert(
    form: str, valid_from: str, rows: list[tuple[int, str, str, str, Decimal | None, Decimal | None, str]]
) -> int:
    if not rows:
        return 0
    names = ("submission", "table", "row", "column", "value", "register", "reason")
    given = dict(zip(names, (list(values) for values in zip(*rows, strict=True)), strict=True))
    with connection.cursor() as cursor:
        cursor.execute(_INSERT, given | {"form": form, "valid_from": valid_from})
        if cursor.rowcount != len(rows):
            raise RuntimeError(f"{form}: {len(rows)} figures, {cursor.rowcount} written")
    return len(rows)


def _name_cells(form: str, valid_from: date, contents: list[Content]) -> None:
    """Give every cell met for the first time its number; those who do so at the same moment wait for one another."""
    wanted = {address for content in contents for address in addresses(content)}
    missing = wanted - _named(form, valid_from)
    if not missing:
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"filing cells:{form}"])
    Cell.objects.bulk_create(
        [
            Cell(form=form, form_valid_from=valid_from, table=table, row=row, column=column)
            for table, row, column in sorted(missing)
        ],
        ignore_conflicts=True,
    )


def _named(form: str, valid_from: date) -> set[Address]:
    held = Cell.objects.filter(form=form, form_valid_from=valid_from)
    return set(held.values_list("table", "row", "column"))
