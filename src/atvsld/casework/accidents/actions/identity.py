"""Reading who the victims are leaves a mark."""

from __future__ import annotations

from collections.abc import Sequence

from atvsld.casework.accidents.models import AccidentCase, Victim
from atvsld.casework.accidents.policy import CASES, READ_IDENTITY
from atvsld.platform.acts import Act, action
from atvsld.platform.history.models import SensitiveReading

PROTECTED = ("name", "birth_year", "injury_codes")


@action(needs=READ_IDENTITY, records="accidents:victim:identity_read")
def read_identities(act: Act, *, cases: Sequence[AccidentCase]) -> dict[int, list[Victim]]:
    """Victims of the cases with their names, by case id; each case read is recorded with `act.reason` as purpose.

    `Refused` when any of the cases is outside the area in which the actor may read identities.
    """
    for case in cases:
        CASES.require(act.actor, READ_IDENTITY, case)
    SensitiveReading.objects.bulk_create(
        SensitiveReading(
            user_id=act.actor.user_id, read_at=act.at, record_kind="accidents.accidentcase",
            record_id=case.public_id, fields=list(PROTECTED), purpose=act.reason[:300],
        )
        for case in cases
    )  # fmt: skip
    found: dict[int, list[Victim]] = {case.pk: [] for case in cases}
    for victim in Victim.objects.filter(case__in=cases).order_by("case_id", "position"):
        found[victim.case_id].append(victim)
    return found
