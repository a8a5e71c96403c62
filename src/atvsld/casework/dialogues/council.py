"""Whether the provincial council held the dialogue the law asks for every year.

Luật 84/2015/QH13 Điều 88 khoản 3; Nghị định 39/2016/NĐ-CP Điều 42 khoản 4 điểm a: every year, on no
day in particular.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from atvsld.casework.dialogues.models import Dialogue
from atvsld.kit.certainty import Certainty
from atvsld.registers.bodies.models import Body, BodyFunction
from atvsld.registers.bodies.queries import in_force, lineage

CITATION = "Luật 84/2015/QH13 Điều 88 khoản 3; Nghị định 39/2016/NĐ-CP Điều 42 khoản 4 điểm a"
STATUS = Certainty.OFFICIAL
SINCE = 2017  # the first whole year under the law, in force from 01/7/2016
YEARS = 3


@dataclass(frozen=True, slots=True)
class CouncilYear:
    """One year of one province: the dialogues on record, and whether the year is over without any."""

    year: int
    body: Body
    held: tuple[Dialogue, ...]
    days_left: int

    @property
    def state(self) -> str:
        """`held`, `open` while the year runs, `missed` after it."""
        if self.held:
            return "held"
        return "open" if self.days_left else "missed"


def council_years(today: date, years: int = YEARS) -> Iterator[CouncilYear]:
    """The latest years, each for the standing bodies of its last day (of today, in the year that runs)."""
    for year in range(today.year, max(SINCE, today.year - years + 1) - 1, -1):
        end = date(year, 12, 31)
        day = min(end, today)
        rows = BodyFunction.objects.filter(in_force(day), in_force(day, "body__"), function="osh_lead")
        for body in Body.objects.filter(pk__in=rows.values("body_id")).select_related("place").order_by("code"):
            yield CouncilYear(year, body, _held(body, year), max(0, (end - today).days))


def _held(body: Body, year: int) -> tuple[Dialogue, ...]:
    """Dialogues of the council, by whichever body of the province recorded them, in the name of any of its units."""
    places = Body.objects.filter(pk__in=lineage(body.pk)).values("place_id")
    found = Dialogue.objects.filter(
        act=Dialogue.Act.DIALOGUE, forum=Dialogue.Forum.COUNCIL, withdrawn_at=None, held_on__year=year, place__in=places
    )
    return tuple(found.order_by("held_on", "pk"))
