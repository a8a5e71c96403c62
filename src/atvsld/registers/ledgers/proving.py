"""Records as evidence, and figures counted from them: the list behind a figure shows just what was counted."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

from django.contrib.postgres.fields import ArrayField
from django.db.models import Count, Q, QuerySet, Sum
from django.db.models.functions import Coalesce

from atvsld.kit.text import fold, sort_key
from atvsld.platform.access.actor import Actor
from atvsld.platform.ui import formats_text
from atvsld.registers.bodies.models import Body
from atvsld.registers.establishments.models import Establishment
from atvsld.registers.ledgers.ledger import Ledger, R, Text
from atvsld.registers.ledgers.reach import records, visible
from atvsld.registers.places.models import Place
from atvsld.registers.proofs import Asked, Evidence, Figure, Measure, ProofRecord, prove

# Letters by which the address of a list names whose records it shows.
_BODY, _ESTABLISHMENT, _PLACE = "b", "e", "p"


def condition(ledger: Ledger[R], name: str, value: Any) -> Q:
    """The records whose field holds a value; a list of words holds each of its words."""
    return Q(**{f"{name}__contains": [value]}) if isinstance(ledger.field(name), ArrayField) else Q(**{name: value})


def standing(ledger: Ledger[R], asked: Asked) -> QuerySet[R]:
    """The records that count: not withdrawn, of the days and the owners asked for."""
    days = from_day(ledger, asked.start) & Q(**{f"{ledger.day}__lte": asked.end})
    found = records(ledger).filter(days, withdrawn_at=None)
    return found.filter(owned(asked.bodies, asked.establishments), placed(asked.places))


def from_day(ledger: Ledger[R], start: date) -> Q:
    """The records of a day or later; of what lasts, those that had not ended before it."""
    if not ledger.until:
        return Q(**{f"{ledger.day}__gte": start})
    return Q(**{f"{ledger.until}__isnull": True}) | Q(**{f"{ledger.until}__gte": start})


def owned(bodies: Iterable[int] | None, establishments: Iterable[int] | None) -> Q:
    """Records of some bodies or establishments (primary keys); all when neither is named."""
    if bodies is None and establishments is None:
        return Q()
    return Q(body_id__in=bodies or ()) | Q(establishment_id__in=establishments or ())


def placed(places: Iterable[int] | None) -> Q:
    """Records of owners in some places; all when none is named."""
    return Q() if places is None else Q(place_id__in=places)


def proof_of(ledger: Ledger[R], record: R) -> ProofRecord:
    """A record as it is laid beside a claim."""
    day = getattr(record, ledger.day)
    name = str(getattr(record, ledger.name))
    label = f"{name} ({formats_text.day(day)})" if isinstance(day, date) else name
    url = ledger.address("record", record.public_id)
    return ProofRecord(ledger.word, record.public_id, label, url, day, record.body.pk if record.body else None)


def prove_by(ledger: Ledger[Any]) -> None:
    """State that the ledger's records are evidence of its word."""

    def find(key: str) -> ProofRecord | None:
        record = records(ledger).filter(public_id=key, withdrawn_at=None).first()
        return proof_of(ledger, record) if record is not None else None

    def many(keys: Collection[str]) -> dict[str, ProofRecord]:
        held = records(ledger).filter(public_id__in=keys, withdrawn_at=None)
        return {record.public_id: proof_of(ledger, record) for record in held}

    def search(actor: Actor, text: str, asked: Asked, limit: int) -> Iterator[ProofRecord]:
        may_read = visible(actor, ledger).values("pk")
        found = standing(ledger, asked).filter(pk__in=may_read, search_text__contains=fold(text))
        for record in found.order_by(f"-{ledger.day}", "-pk")[:limit]:
            yield proof_of(ledger, record)

    prove(Evidence(ledger.word, find, search, many))


@dataclass(frozen=True, slots=True)
class Tally:
    """One figure of a ledger: how many records, or the sum of a column, of those where some fields hold a value.

    `where`: field → value, fields among the ledger's filters, so that the list can show the same. A sum is of what is
    known: an empty cell adds nothing. `always` figures are told when they are nought; the others are left out.
    """

    key: str
    label: Text
    unit: Text = ""
    sums: str = ""
    where: Mapping[str, Any] = field(default_factory=dict)
    always: bool = True


def measured(word: str, ledger: Ledger[Any], tallies: Callable[[], Iterable[Tally]]) -> Measure:
    """A measure counted from one ledger; all its figures in one statement."""

    def chosen(tally: Tally) -> Q:
        found = Q()
        for name, value in tally.where.items():
            found &= condition(ledger, name, value)
        return found

    def figures(asked: Asked) -> Iterator[Figure]:
        listed = list(tallies())
        sums = {
            f"n{place}": Coalesce(Sum(one.sums, filter=chosen(one)), 0) if one.sums else Count("pk", filter=chosen(one))
            for place, one in enumerate(listed)
        }
        found = standing(ledger, asked).aggregate(**sums)
        for place, one in enumerate(listed):
            value = Decimal(found[f"n{place}"])
            if value or one.always:
                yield Figure(one.key, one.label, value, one.unit, list_of(ledger, asked, one.where))

    def behind(asked: Asked, key: str) -> Iterator[ProofRecord]:
        wanted = next((one for one in tallies() if one.key == key), None)
        if wanted is None:
            return
        found = standing(ledger, asked).filter(chosen(wanted))
        if wanted.sums:
            found = found.filter(**{f"{wanted.sums}__gt": 0})
        for record in found.order_by(f"-{ledger.day}", "-pk"):
            yield proof_of(ledger, record)

    return Measure(word, figures, behind)


def list_of(ledger: Ledger[Any], asked: Asked, where: Mapping[str, Any] | None = None) -> str:
    """The address of the list that shows the records asked for."""
    query = {"start": asked.start.isoformat(), "end": asked.end.isoformat(), **(where or {})}
    if of := whose(asked):
        query["of"] = of
    return f"{ledger.address()}?{urlencode(query, safe=',')}"


def whose(asked: Asked) -> str:
    """Whose records are asked for, as the address of a list carries it (`read_whose`)."""
    parts = [(_BODY, asked.bodies), (_ESTABLISHMENT, asked.establishments), (_PLACE, asked.places)]
    return ",".join(f"{letter}{pk}" for letter, held in parts if held is not None for pk in sorted(held) or [0])


@dataclass(frozen=True, slots=True)
class Whose:
    """Whose records the address of a list asks for."""

    bodies: frozenset[int] | None
    establishments: frozenset[int] | None
    places: frozenset[int] | None

    @property
    def condition(self) -> Q:
        """As a filter."""
        return owned(self.bodies, self.establishments) & placed(self.places)

    def names(self) -> list[str]:
        """Whose, in words."""
        found: list[str] = []
        for model, keys in ((Body, self.bodies), (Establishment, self.establishments), (Place, self.places)):
            if keys:
                held = model._default_manager.filter(pk__in=keys)  # noqa: SLF001
                found += sorted(held.values_list("name", flat=True), key=sort_key)
        return found


def read_whose(text: str) -> Whose:
    """What `of=b12,b57` asks for; words that say nothing are passed over."""
    found: dict[str, set[int]] = {}
    for part in text.split(","):
        letter, number = part[:1], part[1:]
        if letter in (_BODY, _ESTABLISHMENT, _PLACE) and number.isdecimal() and len(number) < 12:
            found.setdefault(letter, set()).add(int(number))
    held = {letter: frozenset(keys) for letter, keys in found.items()}
    return Whose(held.get(_BODY), held.get(_ESTABLISHMENT), held.get(_PLACE))
