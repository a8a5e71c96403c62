"""How the facts of each set name their records, so that they can be frozen, compared and shown.

FACT_SETS[FACTS.name] = FACTS                            # of reporting.catalogue: forms may count them
register(Source(facts=FACTS, kind=_("báo cáo đã nộp"), …))  # both in AppConfig.ready() of the room
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from atvsld.casework.accidents import facts as accidents
from atvsld.casework.accidents import policy as accident_policy
from atvsld.casework.accidents.models import Victim
from atvsld.platform.access.actor import Actor
from atvsld.platform.facts import FactSet
from atvsld.platform.ui.formats_text import mask_name
from atvsld.registers.establishments import facts as establishments
from atvsld.registers.establishments import policy as establishment_policy
from atvsld.registers.establishments.models import Establishment


@dataclass(frozen=True, slots=True)
class Shown:
    """A record as its reader may see it now: a name without personal data, its page, a few words."""

    label: str
    url: str
    detail: str = ""


# Those of the named records that a person may open, by public id.
Show = Callable[[Actor, Collection[str]], Mapping[str, Shown]]


@dataclass(frozen=True, slots=True)
class Source:
    """A fact set, and what its facts are facts about.

    `keys` are the columns that tell one fact from another; the first is the record's primary key, the second that of
    what it is part of. `record` and `whole` are their public ids (`whole` may be empty text), `place` the unit of the
    record. `events` and `whole_events` are the tables of their history, found by `pgh_obj_id`; `watched` are all
    tables of history whose rows can change a fact. SQL fragments are constants written in code.
    """

    facts: FactSet
    kind: str | Promise
    keys: tuple[str, ...]
    record: str
    place: str
    events: str
    show: Show
    watched: tuple[str, ...]
    whole: str = "''"
    whole_events: str = ""
    needs: tuple[str, ...] = field(default_factory=tuple)


_SOURCES: dict[str, Source] = {}


def register(source: Source) -> None:
    """State the source of a fact set; the last statement for a name holds."""
    _SOURCES[source.facts.name] = source


def source_of(fact_set: str) -> Source:
    """The source of a fact set by name; KeyError when nobody stated it."""
    return _SOURCES[fact_set]


def all_names() -> tuple[str, ...]:
    """Names of every fact set whose source was stated."""
    return tuple(_SOURCES)


def known(names: Collection[str]) -> Iterator[Source]:
    """The sources of the named fact sets, by name; KeyError for one whose facts nobody knows how to name."""
    return (_SOURCES[name] for name in sorted(names))


def _victims(actor: Actor, ids: Collection[str]) -> dict[str, Shown]:
    found = Victim.objects.filter(public_id__in=ids)
    seen = accident_policy.VICTIMS.restrict(found, actor, accident_policy.READ).select_related("case", "case__place")
    return {
        victim.public_id: Shown(
            f"{victim.case.number} · {mask_name(victim.name)}",
            reverse("accidents:case", args=[victim.case.public_id]),
            f"{victim.case.place.name}, {victim.get_severity_display() or _('chưa rõ mức độ')}",
        )
        for victim in seen
    }


def _establishments(actor: Actor, ids: Collection[str]) -> dict[str, Shown]:
    found = Establishment.objects.filter(public_id__in=ids).select_related("place")
    seen = establishment_policy.ESTABLISHMENTS.restrict(found, actor, establishment_policy.READ)
    return {
        one.public_id: Shown(
            f"{one.tax_code} · {one.name}",
            reverse("establishments:establishment", args=[one.public_id]),
            one.place.name,
        )
        for one in seen
    }


_EMPLOYERS = (
    "establishments_establishmentevent",
    "establishments_establishmentindustryevent",
)
register(
    Source(
        facts=accidents.FACTS,
        kind=_("người bị nạn"),
        keys=("v.id", "c.id"),
        record="v.public_id",
        whole="c.public_id",
        place="c.place_id",
        events="accidents_victimevent",
        whole_events="accidents_accidentcaseevent",
        watched=("accidents_victimevent", "accidents_accidentcaseevent", *_EMPLOYERS),
        show=_victims,
    )
)
register(
    Source(
        facts=establishments.FACTS,
        kind=_("cơ sở"),
        keys=("e.id", "w.id"),
        record="e.public_id",
        place="e.place_id",
        events="establishments_establishmentevent",
        whole_events="establishments_workforceyearevent",
        watched=(
            *_EMPLOYERS,
            "establishments_workforceyearevent",
            "establishments_oshorganisationevent",
            "establishments_hazardfactevent",
        ),
        show=_establishments,
    )
)
