"""Commendations and good models as proof, and as counts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal
from urllib.parse import urlencode

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from atvsld.casework.merits.ledgers import GOOD_MODELS
from atvsld.casework.merits.models import Commendation
from atvsld.casework.merits.queries import PERSONS, granted, visible
from atvsld.kit.text import fold
from atvsld.platform.access.actor import Actor
from atvsld.registers.ledgers.proving import Tally, measured
from atvsld.registers.proofs import Asked, Evidence, Figure, Measure, ProofRecord, measure, prove

WORD = "commendation"
# Figure → its records, and the value of the list's filter that shows them.
FIGURES = {
    "groups": (_("Tập thể được khen thưởng"), _("tập thể"), ~PERSONS, "group"),
    "persons": (_("Cá nhân được khen thưởng"), _("người"), PERSONS, "person"),
}


def find(key: str) -> ProofRecord | None:
    """A commendation that was granted."""
    held = Commendation.objects.filter(public_id=key, state=Commendation.State.GRANTED, withdrawn_at=None).first()
    return _record(held) if held else None


def search(actor: Actor, text: str, asked: Asked, limit: int) -> Iterable[ProofRecord]:
    """The latest first, of those the actor may read."""
    may_read = visible(actor).values("pk")
    found = granted(asked).filter(pk__in=may_read, search_text__contains=fold(text))
    return [_record(one) for one in found[:limit]]


def figures(asked: Asked) -> Iterator[Figure]:
    """Groups and persons, in one statement."""
    counts = granted(asked).aggregate(
        **{f"n_{key}": Count("pk", filter=condition) for key, (_l, _u, condition, _s) in FIGURES.items()}
    )
    for key, (label, unit, _condition, shown) in FIGURES.items():
        yield Figure(key, label, Decimal(counts[f"n_{key}"]), unit, _url(asked, shown))


def records(asked: Asked, key: str) -> Iterator[ProofRecord]:
    """The commendations counted."""
    condition = FIGURES[key][2] if key in FIGURES else Q(pk__in=[])
    return (_record(one) for one in granted(asked).filter(condition))


def _record(one: Commendation) -> ProofRecord:
    """Never with a person's name."""
    unit = one.unit or one.subject_name
    name = f"{one.get_subject_kind_display()} ({unit})" if one.subject_kind == "person" else one.subject_name
    label = f"{one.get_form_display()} {one.decision_number}: {name}"
    url = reverse("merits:commendation", args=[one.public_id])
    return ProofRecord(WORD, one.public_id, label, url, one.decision_on, one.body_id)


def _url(asked: Asked, shown: str) -> str:
    parts = [("b", asked.bodies), ("e", asked.establishments), ("p", asked.places)]
    whose = ",".join(f"{letter}{pk}" for letter, held in parts if held is not None for pk in sorted(held) or [0])
    wanted = {"state": "granted", "subject": shown, "start": asked.start.isoformat(), "end": asked.end.isoformat()}
    if whose:
        wanted["of"] = whose
    return f"{reverse('merits:list')}?{urlencode(wanted, safe=',')}"


prove(Evidence(WORD, find, search))
measure(Measure("commendations", figures, records))
measure(
    measured(
        "good_models",
        GOOD_MODELS,
        lambda: (
            Tally("models", _("Mô hình, cách làm hay"), _("mô hình")),
            Tally("people", _("Người áp dụng"), _("người"), sums="people"),
            Tally("spread", _("Mô hình đã nhân rộng"), _("mô hình"), where={"spread": True}),
        ),
    )
)
