"""Service providers as reporters: by the papers they held at some time of the period, up to the day of reckoning."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from atvsld.kit.text import format_date
from atvsld.law.reporting_duties import Value
from atvsld.oversight.obligations.populations.population import FactSql, Population
from atvsld.registers.providers.models.qualification import Kind

_PAPERS = """
LEFT JOIN (
  SELECT provider_id, array_remove(array_agg(DISTINCT CASE WHEN valid_from <= %(as_of)s
    AND (valid_to IS NULL OR valid_to >= %(period_start)s)
    AND (withdrawn_on IS NULL OR withdrawn_on > %(period_start)s) THEN kind END), NULL) AS kinds
  FROM providers_providerqualification GROUP BY provider_id
) q ON q.provider_id = r.id
"""


def _ceased(row: Mapping[str, Any], value: Value) -> str:
    return _("chấm dứt từ %(day)s") % {"day": format_date(row["ceased_on"])} if value is False else ""


def _held(row: Mapping[str, Any], value: Value) -> str:  # noqa: ARG001 — one shape for every fact
    return ", ".join(str(Kind(kind).label) for kind in sorted(value)) if isinstance(value, frozenset) else ""


PROVIDERS = Population(
    register="providers",
    column="provider",
    relation="providers_serviceprovider r",
    where="true",
    facts={
        "active": FactSql("(r.ceased_on IS NULL OR r.ceased_on > %(as_of)s)", _ceased, ("r.ceased_on",)),
        "services": FactSql(
            "q.kinds", _held, needs=("q",), read=lambda value: None if value is None else frozenset(value)
        ),
    },
    joins={"q": _PAPERS},
    dimensions={"place": "r.place_id"},
    groups={"commune": ("coalesce(r.place_id::text, '')", ())},
)
