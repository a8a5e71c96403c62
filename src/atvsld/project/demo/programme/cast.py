"""Who plays: the bodies of the plan before and after the reorganisation, some communes, some establishments."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from atvsld.law.programme_reading import load_programmes
from atvsld.registers.bodies.models import Body, BodyFunction
from atvsld.registers.bodies.queries import in_force
from atvsld.registers.establishments.models import Establishment
from atvsld.registers.offices.models import Office
from atvsld.registers.places import tree

PROGRAMME = "province-2024"
# The plan was the one of Quảng Nam; its bodies are followed by those of Đà Nẵng.
OLD_PROVINCE, PROVINCE = "49", "48"
BEFORE, AFTER, TODAY = date(2025, 1, 15), date(2025, 7, 1), date(2026, 11, 1)
# A small demo plays with few.
FEW = 4


@dataclass(frozen=True, slots=True)
class Cast:
    """Bodies by their code. `before` stand on 15/01/2025, `after` today; communes and establishments today.

    Every list is in the order of the codes. `small` is a demo for tests: write little.
    """

    before: list[Body]
    after: list[Body]
    communes: list[Body]
    establishments: list[Establishment]
    small: bool

    @property
    def standing(self) -> Body:
        """The standing body of today."""
        return holding(self.after, "osh_lead", TODAY)[0]


def assembled(scale: float) -> Cast:
    """The cast in this database."""
    small = scale < 0.2
    before = _bodies(OLD_PROVINCE, BEFORE)
    after = _bodies(PROVINCE, TODAY)
    communes = list(
        Body.objects.filter(in_force(TODAY), in_force(TODAY, "functions__"), functions__function="commune")
        .select_related("place").distinct().order_by("code")
    )  # fmt: skip
    known = list(Office.objects.filter(role="commune_officer").values_list("body_id", flat=True))
    communes.sort(key=lambda body: (body.pk not in known, body.code))
    own = list(Office.objects.filter(role="employer").values_list("establishment_id", flat=True))
    firms = list(Establishment.objects.filter(pk__in=own).select_related("place"))
    firms += Establishment.objects.filter(closed_on=None).exclude(pk__in=own).select_related("place").order_by("pk")[:5]
    return Cast(before, after, communes[:FEW] if small else communes, firms[: 2 if small else 6], small)


def holding(bodies: list[Body], function: str, on: date) -> list[Body]:
    """Those of some bodies that hold a function on a day."""
    rows = BodyFunction.objects.filter(in_force(on), function=function, body__in=bodies)
    held = set(rows.values_list("body_id", flat=True))
    return [body for body in bodies if body.pk in held]


def _bodies(province: str, on: date) -> list[Body]:
    """The bodies of a province that carry out the plan, without communes."""
    words = load_programmes().words
    functions = set(words.holder("plan_bodies").includes) | {"osh_lead"}
    rows = BodyFunction.objects.filter(in_force(on), in_force(on, "body__"), function__in=functions - {"commune"})
    found = Body.objects.filter(pk__in=rows.values("body_id")).select_related("place").order_by("code")
    return [body for body in found if _within(body, province, on)]


def _within(body: Body, province: str, on: date) -> bool:
    places = tree.current()
    top = places.at(province, on)
    return top is not None and (
        body.place_id == top.pk or any(up.pk == top.pk for up in places.ancestors(body.place_id, on))
    )
