"""A saved table as a form of reports: figures, files, records behind and acceptance come from there."""

from __future__ import annotations

from datetime import date
from typing import Literal

from atvsld.kit.certainty import Certainty, Citation
from atvsld.kit.periods import Period, PeriodKind
from atvsld.kit.text import sort_key
from atvsld.law.forms.spec import Column, FormSpec, Row, Signature, Table
from atvsld.law.reading import Label
from atvsld.oversight.composing.models import SavedTable
from atvsld.oversight.composing.models.table import CODE_PREFIX
from atvsld.oversight.composing.vocabulary import DIMENSIONS, MEASURES, PLACE
from atvsld.oversight.reporting import subject as subjects
from atvsld.platform.acts import clock
from atvsld.platform.acts.errors import Rejected
from atvsld.registers.places import tree

# Records of the system begin no earlier than the law on occupational safety of 1994 (Bộ luật Lao động).
FIRST_DAY = date(1995, 1, 1)
TABLE, TOTAL = "1", "total"
_KINDS = (PeriodKind.YEAR, PeriodKind.HALF, PeriodKind.QUARTER, PeriodKind.MONTH)


def saved_form(code: str, period: Period | None) -> FormSpec | None:
    """The form of a saved table by its code; rows of places follow the boundaries of the end of the period."""
    if not code.startswith(CODE_PREFIX):
        return None
    found = SavedTable.objects.filter(public_id=code.removeprefix(CODE_PREFIX)).first()
    return form_of(found, period) if found else None


def form_of(table: SavedTable, period: Period | None = None) -> FormSpec:
    """The spec: a total, then a row for each code of the chosen dimension; a column for each measure."""
    name = Label(table.name)
    return FormSpec(
        code=table.code,
        annex="",
        valid_from=FIRST_DAY,
        valid_to=None,
        title=name,
        short_title=name,
        subjects=("place", "body", "establishment"),
        period_kinds=_KINDS,
        citation=Citation("", ""),
        status=Certainty.LOCAL,
        status_note="",
        fact_set="accidents",
        population={dimension: tuple(codes) for dimension, codes in table.conditions.items()},
        letterhead="department",
        recipients=(),
        deadline=None,
        header=(),
        tables=(_table(table, period),),
        checks=(),
        signature=Signature(Label("NGƯỜI LẬP", "PREPARED BY"), Label("Ký, ghi rõ họ tên", "Signature, full name")),
        footnotes=(),
    )


def _table(table: SavedTable, period: Period | None) -> Table:
    columns = [Column("A", Label("Chỉ tiêu", "Item"), "label")]
    if table.by and DIMENSIONS[table.by].codes:
        columns.append(Column("B", Label("Mã", "Code"), "code"))
    columns += [
        Column(name, MEASURES[name].label, "measure", measure=name, scale=MEASURES[name].scale)
        for name in table.measures
    ]
    return Table(TABLE, Label(table.name), None, tuple(columns), tuple(_rows(table, period)), note="")


def _rows(table: SavedTable, period: Period | None) -> list[Row]:
    rows = [Row(TOTAL, Label("Tổng số", "Total"), "total", 1, None, where={})]
    if not table.by:
        return rows
    word = DIMENSIONS[table.by]
    unknown = Label("Chưa xác định", "Not stated")
    show: Literal["all", "occurring"] = "occurring" if table.occurring else "all"
    if word.codes:
        rows.append(
            Row(
                "{code}", None, "data", 2, None, where={}, each=word.codes, dimension=table.by, show=show,
                unknown_key="unknown", unknown_label=unknown,
            )
        )  # fmt: skip
    elif table.by == PLACE:
        rows += _places(period, show)
    else:
        rows += [Row(code, label, "data", 2, None, where={table.by: (code,)}) for code, label in word.values.items()]
    return rows


def _places(period: Period | None, show: Literal["all", "occurring"]) -> list[Row]:
    """A row for each commune of the province at the end of the period, over all ground that counts under it."""
    today = clock.local_day(clock.now())
    day = period.end if period else today
    graph = tree.current()
    try:
        home = graph.at(subjects.home_place_code(today), today)
    except Rejected:
        home = None
    if home is None:
        return []
    ground = graph.territory(home.pk)
    inside = [node for node in graph.nodes.values() if node.pk in ground and node.level == "commune"]
    return [
        Row(
            node.code, Label(node.name), "data", 2, None,
            where={PLACE: tuple(str(pk) for pk in sorted(graph.territory(node.pk, day)))}, show=show,
        )
        for node in sorted(inside, key=lambda node: sort_key(node.name))
        if node.exists_on(day)
    ]  # fmt: skip
