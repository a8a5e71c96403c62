"""Bodies as reporters: those holding a function of the duty's class on the day of reckoning."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from atvsld.law.reporting_duties import Value
from atvsld.oversight.obligations.populations.population import FactSql, Population
from atvsld.registers.bodies.functions import FUNCTIONS

_HELD = """
LEFT JOIN (
  SELECT body_id, array_agg(DISTINCT function::text) AS functions
  FROM bodies_bodyfunction WHERE function = ANY(%(functions)s)
    AND valid_from <= %(as_of)s AND (valid_to IS NULL OR valid_to >= %(as_of)s) GROUP BY body_id
) fn ON fn.body_id = r.id
"""


def _functions(row: Mapping[str, Any], value: Value) -> str:  # noqa: ARG001 — one shape for every fact
    named = row["held_functions"] or row["wanted_functions"]
    shown = [str(FUNCTIONS.get(slug, slug)) for slug in named]
    return ", ".join(shown[:3]) + (" …" if len(shown) > 3 else "")


BODIES = Population(
    register="bodies",
    column="body",
    relation="bodies_body r",
    # Only those that ever held such a function: for all others the question does not arise.
    where="EXISTS (SELECT 1 FROM bodies_bodyfunction any_fn WHERE any_fn.body_id = r.id"
    " AND any_fn.function = ANY(%(functions)s))",
    facts={
        "function_held": FactSql(
            "(fn.body_id IS NOT NULL AND r.valid_from <= %(as_of)s"
            " AND (r.valid_to IS NULL OR r.valid_to >= %(as_of)s))",
            _functions,
            ("fn.functions AS held_functions", "%(functions)s::text[] AS wanted_functions"),
            ("fn",),
        ),
    },
    joins={"fn": _HELD},
    dimensions={"place": "r.place_id"},
    groups={"commune": ("r.place_id::text", ())},
)
