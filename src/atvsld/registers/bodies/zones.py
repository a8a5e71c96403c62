"""Which zone authority acts: by the zone an establishment stands in, or by the authority recorded for it.

A province may have several zone authorities side by side (two since July 2025). The place alone then has no one
answer; the named zone has, and so has a recorded authority that was carried on by exactly one body.
"""

from __future__ import annotations

import re
from datetime import date

from atvsld.kit.text import fold
from atvsld.registers.bodies.models import Body, BodySuccession, Zone, ZoneAuthority
from atvsld.registers.bodies.queries import in_force

_KINDS = re.compile(
    r"\b(khu kinh te mo|khu kinh te|khu cong nghe cao|khu cong nghiep|cum cong nghiep|kktm|kkt|kcnc|kcn|ccn)\b"
)


def find_zone(text: str) -> Zone | None:
    """The zone a text names, as people write it: `KCN Điện Nam – Điện Ngọc`; None for none or several."""
    wanted = core(text)
    if not wanted:
        return None
    zones = list(Zone.objects.all())
    found = [zone for zone in zones if fold(zone.name) == fold(text)] or [
        zone for zone in zones if (name := core(zone.name)) and f" {name} " in f" {wanted} "
    ]
    return found[0] if len(found) == 1 else None


def core(name: str) -> str:
    """The proper name alone, folded: `Khu công nghiệp Điện Nam - Điện Ngọc` → `dien nam dien ngoc`."""
    words = " ".join(re.findall(r"[^\W_]+", fold(name)))
    return " ".join(_KINDS.sub(" ", words).split())


def authority_of(zone: Zone, on: date) -> Body | None:
    """The body that manages a zone on a day."""
    row = ZoneAuthority.objects.filter(in_force(on), zone=zone).select_related("body").first()
    return row.body if row else None


def heirs(body: int, among: list[Body]) -> list[Body]:
    """Those of some bodies that a body is, or was carried on by, at whatever remove."""
    keys = {one.pk: one for one in among}
    reached, waiting = {body}, [body]
    while waiting:
        edges = BodySuccession.objects.filter(predecessor__in=waiting).values_list("successor_id", flat=True)
        waiting = [pk for pk in set(edges) if pk not in reached]
        reached.update(waiting)
    return [keys[pk] for pk in sorted(reached & keys.keys())]


def narrowed(found: list[Body], on: date, *, zone: str, appointed: int | None) -> list[Body]:
    """The holders of a divided function that are meant; all of them when neither zone nor authority decides."""
    named = find_zone(zone) if zone else None
    managing = authority_of(named, on) if named else None
    if managing is not None and managing in found:
        return [managing]
    if appointed is not None and (kept := heirs(appointed, found)):
        return kept
    return found
