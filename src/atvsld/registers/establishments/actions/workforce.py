"""Stating the workforce of a year."""

from __future__ import annotations

from collections.abc import Mapping

from atvsld.platform.acts import Act, Rejected, action
from atvsld.registers.establishments import rules
from atvsld.registers.establishments.models import Establishment, WorkforceYear
from atvsld.registers.establishments.models.workforce import PARTS
from atvsld.registers.establishments.policy import CHANGE, ESTABLISHMENTS


@action(needs=CHANGE, records="establishments:workforce:stated")
def set_workforce(
    act: Act,
    *,
    establishment: Establishment,
    year: int,
    workers: int,
    female_workers: int | None,
    payroll: int | None,
    source: str,
    parts: Mapping[str, int | None] | None = None,
) -> WorkforceYear:
    """State (or restate) the people employed in a year; payroll in đồng. History keeps what was stated before.

    `parts` are the columns of `PARTS` (contract, protected groups, arduous work); one not named stays as it is.
    """
    ESTABLISHMENTS.require(act.actor, CHANGE, establishment)
    found = rules.check_workforce(year=year, workers=workers, female=female_workers, payroll=payroll, on=act.day)
    stated = dict(parts or {})
    labels = {name: str(WorkforceYear._meta.get_field(name).verbose_name) for name in PARTS}  # type: ignore[union-attr]  # noqa: SLF001
    if problems := [*found, *rules.check_parts(workers, stated, labels)]:
        raise Rejected(problems)
    row, _created = WorkforceYear.objects.update_or_create(
        establishment=establishment,
        year=year,
        defaults={
            "workers": workers,
            "female_workers": female_workers,
            "payroll": payroll,
            "source": source.strip(),
            **stated,
        },
    )
    return row
