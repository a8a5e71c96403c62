"""What stands behind a report: establishments in scope, records counted, records left out, facts not known."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from django.db import connection

from atvsld.casework.accidents import facts as accidents
from atvsld.law.forms.spec import FormSpec
from atvsld.oversight.reporting.result import Coverage
from atvsld.oversight.reporting.statement import Slice, build
from atvsld.registers.establishments import facts as establishments

_UNKNOWN = tuple(name for name in accidents.FACTS.measures if name.startswith("unknown_"))
COUNTED = frozenset({"occupational", "article_39_2"})


def measure(form: FormSpec, piece: Slice) -> Coverage:
    """Count what the form rests on for one slice of facts."""
    population = {name: codes for name, codes in form.population.items() if name in accidents.FACTS.dimensions}
    conclusions = set(population.pop("conclusion", ())) or {
        code for table in form.tables for row in table.rows for code in row.where.get("conclusion", ())
    }
    narrowed = replace(piece, where=population)
    statement = build(accidents.FACTS, narrowed, [("conclusion",)], ["cases", "victims", *_UNKNOWN])
    with connection.cursor() as cursor:
        cursor.execute(statement.sql, statement.params)
        rows = cursor.fetchall()
    counted = [sums for _group, codes, sums in rows if codes[0] in (conclusions or COUNTED)]
    totals = [int(sum((row[place] or Decimal(0) for row in counted), Decimal(0))) for place in range(2 + len(_UNKNOWN))]
    registered, stating = _establishments(piece)
    return Coverage(
        establishments=registered,
        establishments_with_workforce=stating,
        cases=totals[0],
        victims=totals[1],
        excluded={codes[0]: int(sums[0]) for _group, codes, sums in rows if codes[0] not in (conclusions or COUNTED)},
        unknown={name.removeprefix("unknown_"): total for name, total in zip(_UNKNOWN, totals[2:], strict=True)},
    )


def _establishments(piece: Slice) -> tuple[int, int]:
    plain = replace(piece, where={})
    statement = build(establishments.FACTS, plain, [()], ["establishments", "establishments_reporting"])
    with connection.cursor() as cursor:
        cursor.execute(statement.sql, statement.params)
        row = cursor.fetchone()
    return (int(row[2][0] or 0), int(row[2][1] or 0)) if row else (0, 0)
