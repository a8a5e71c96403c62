"""Searching victims by name: only within the reach in which names may be read, and each search is recorded."""

from __future__ import annotations

from atvsld.casework.accidents.models import Victim
from atvsld.casework.accidents.policy import READ_IDENTITY, VICTIMS
from atvsld.kit.text import fold
from atvsld.platform.acts import Act, action
from atvsld.platform.history.models import SensitiveReading

SHORTEST, LIMIT, CANDIDATES = 3, 20, 20_000


@action(needs=READ_IDENTITY, records="accidents:victim:searched")
def find_victims(act: Act, *, text: str) -> list[Victim]:
    """Victims whose name contains a text, tone marks or not, newest accident first; at most LIMIT.

    What was found is recorded as read, with the text as purpose. Nothing for fewer than SHORTEST letters.
    """
    wanted = fold(text).strip()
    if len(wanted) < SHORTEST:
        return []
    within = VICTIMS.restrict(Victim.objects.exclude(name=""), act.actor, READ_IDENTITY)
    rows = within.order_by("-case__occurred_at", "-pk").values_list("pk", "name")[:CANDIDATES]
    keys = []
    for pk, name in rows.iterator():
        if wanted in fold(name or ""):
            keys.append(pk)
            if len(keys) == LIMIT:
                break
    found = list(
        Victim.objects.filter(pk__in=keys).select_related("case", "case__place").order_by("-case__occurred_at", "-pk")
    )
    SensitiveReading.objects.bulk_create(
        SensitiveReading(
            user_id=act.actor.user_id, read_at=act.at, record_kind="accidents.accidentcase", record_id=case_id,
            fields=["name"], purpose=f"tìm: {text}"[:300],
        )
        for case_id in dict.fromkeys(victim.case.public_id for victim in found)
    )  # fmt: skip
    return found
