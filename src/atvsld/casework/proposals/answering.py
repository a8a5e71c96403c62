"""Who of those asked has answered, in time or late, and who has not."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from atvsld.casework.proposals.models import DraftConsultation, Opinion
from atvsld.registers.bodies.models import Body, BodySuccession
from atvsld.registers.bodies.queries import heirs, lineage


@dataclass(frozen=True, slots=True)
class Asked:
    """A body asked, who carries it on today where it ended, its opinion, and days after the deadline (0: in time)."""

    body: Body
    today: tuple[Body, ...]
    opinion: Opinion | None
    late: int
    overdue: bool


def answers(consultation: DraftConsultation, on: date) -> tuple[list[Asked], list[Opinion]]:
    """Those asked, by name, and the opinions of others."""
    opinions = list(
        consultation.opinions.filter(withdrawn_at=None).select_related("body", "establishment").order_by("given_on")
    )
    lines = _lines({one.body_id for one in opinions if one.body_id is not None})
    used: set[int] = set()
    found = []
    for row in consultation.asked.select_related("body").order_by("body__name"):
        opinion = next((one for one in opinions if row.body_id in lines.get(one.body_id or 0, ())), None)
        if opinion is not None:
            used.add(opinion.pk)
        late = days_late(consultation, opinion) if opinion else 0
        carried = () if row.body.valid_to is None or row.body.valid_to >= on else tuple(heirs(row.body.pk, on))
        found.append(Asked(row.body, carried, opinion, late, opinion is None and on > consultation.deadline))
    return found, [one for one in opinions if one.pk not in used]


def days_late(consultation: DraftConsultation, opinion: Opinion) -> int:
    """Days after the deadline, 0 in time."""
    return max((opinion.given_on - consultation.deadline).days, 0)


def _lines(bodies: set[int]) -> dict[int, set[int]]:
    """Each body with all it took over from, read in one statement."""
    before: dict[int, set[int]] = {}
    for successor, predecessor in BodySuccession.objects.values_list("successor_id", "predecessor_id"):
        before.setdefault(successor, set()).add(predecessor)
    found = {}
    for body in bodies:
        line, asked = {body}, {body}
        while asked:
            asked = set().union(*(before.get(one, set()) for one in asked)) - line
            line |= asked
        found[body] = line
    return found


def may_answer(consultation: DraftConsultation, body: int | None) -> bool:
    """Whether a body (primary key; None: an establishment) is among those asked, or everybody is."""
    if consultation.open_to_all:
        return True
    if body is None:
        return False
    return consultation.asked.filter(body__in=lineage(body)).exists()
