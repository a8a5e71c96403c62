"""The enterprises behind establishments, told by the stem of the tax code; and what is stated of an enterprise."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import connection
from django.db.models import F
from django.utils.translation import gettext as _

from atvsld.kit.ids import new_ulid
from atvsld.kit.outcome import Problem
from atvsld.kit.text import fold
from atvsld.platform.acts import Act, Conflict, Rejected, action
from atvsld.registers.establishments.models import Enterprise, Establishment
from atvsld.registers.establishments.policy import CHANGE, ENTERPRISES

# Ten digits name the enterprise of a ten- or thirteen-digit code; a household's twelve digits are its own.
_STEM = "CASE WHEN length(e.tax_code) IN (10, 13) THEN left(e.tax_code, 10) ELSE e.tax_code END"
_MISSING = f"""
INSERT INTO establishments_enterprise
  (public_id, tax_code, name, name_folded, headquarters_place_id, ownership_type, sector_ministry, version)
SELECT %(batch)s || upper(lpad(to_hex(row_number() OVER (ORDER BY stem)), 10, '0')), stem, name, name_folded,
       headquarters_place_id, ownership_type, '', 1
FROM (
  SELECT DISTINCT ON (stem) * FROM (
    SELECT {_STEM} AS stem, e.* FROM establishments_establishment e
    WHERE e.enterprise_id IS NULL AND length(e.tax_code) IN (10, 12, 13) AND e.tax_code ~ '^[0-9]+$'
  ) x ORDER BY stem, length(tax_code), id
) first
ON CONFLICT (tax_code) DO NOTHING
"""  # noqa: S608 — constants of this module
_LINK = f"""
UPDATE establishments_establishment e SET enterprise_id = n.id FROM establishments_enterprise n
WHERE e.enterprise_id IS NULL AND n.tax_code = {_STEM}
"""  # noqa: S608


def link_enterprises() -> int:
    """Give every establishment without one its enterprise, made from its own facts when new; how many were linked.

    Runs within the act of the caller. The main establishment (ten digits) goes before a branch as the source.
    """
    with connection.cursor() as cursor:
        cursor.execute(_MISSING, {"batch": new_ulid()[:16]})
        cursor.execute(_LINK)
        return int(cursor.rowcount)


def stem(tax_code: str) -> str:
    """The enterprise's part of an establishment's bare tax code."""
    return tax_code[:10] if len(tax_code) in {10, 13} else tax_code


def provide_enterprises(establishments: Iterable[Establishment]) -> None:
    """Give unsaved establishments their enterprise, made from their own facts when new. Within the caller's act."""
    held = list(establishments)
    wanted: dict[str, Establishment] = {}
    for record in sorted(held, key=lambda one: len(one.tax_code)):
        wanted.setdefault(stem(record.tax_code), record)
    known = dict(Enterprise.objects.filter(tax_code__in=wanted).values_list("tax_code", "pk"))
    Enterprise.objects.bulk_create(
        (
            Enterprise(
                tax_code=code,
                name=record.name,
                name_folded=record.name_folded,
                headquarters_place_id=record.headquarters_place_id,
                ownership_type=record.ownership_type,
            )
            for code, record in wanted.items()
            if code not in known and len(code) in {10, 12} and code.isdigit()
        ),
        ignore_conflicts=True,
    )
    known = dict(Enterprise.objects.filter(tax_code__in=wanted).values_list("tax_code", "pk"))
    for record in held:
        record.enterprise_id = known.get(stem(record.tax_code))


@action(needs=CHANGE, records="establishments:enterprise:changed")
def change_enterprise(act: Act, *, enterprise: Enterprise, version: int, values: dict[str, Any]) -> Enterprise:
    """Replace name, head office, ownership, parent, zone authority and sector ministry.

    `Conflict` when someone changed it since; `Rejected` when the parent is the enterprise itself or below it.
    """
    ENTERPRISES.require(act.actor, CHANGE, enterprise)
    name = " ".join(str(values.get("name", enterprise.name)).split())
    problems = [] if name else [Problem("name_missing", _("Chưa có tên doanh nghiệp."), column="name")]
    parent = values.get("parent")
    above, seen = parent, set()
    while above is not None and above.pk not in seen:
        if above.pk == enterprise.pk:
            message = _("Công ty mẹ không thể là chính doanh nghiệp hoặc công ty con của nó.")
            problems.append(Problem("parent_circle", message, column="parent"))
            break
        seen.add(above.pk)
        above = above.parent
    if problems:
        raise Rejected(problems)
    held = Enterprise.objects.filter(pk=enterprise.pk, version=version)
    if not held.update(**(values | {"name": name, "name_folded": fold(name), "version": F("version") + 1})):
        raise Conflict(_("Doanh nghiệp %(name)s vừa được người khác sửa. Mở lại để xem bản mới.") % {"name": name})
    enterprise.refresh_from_db()
    return enterprise
