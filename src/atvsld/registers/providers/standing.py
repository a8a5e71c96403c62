"""From records to the law book's question: may this provider's result in this matter stand on this day?"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from atvsld.law.providers import Paper, PaperForm, ProviderKind, Standing, Suspension, load_provider_rules
from atvsld.registers.providers.models import ProviderQualification, ProviderSuspension, ServiceProvider

EXPIRING_DAYS = 60


@dataclass(frozen=True, slots=True)
class Matter:
    """What a result is about: a kind of service and a scope of the law book's list (empty: the kind alone)."""

    kind: str
    scope: str = ""


def paper(held: ProviderQualification) -> Paper:
    """A record as the law book reads it."""
    return Paper(
        kind=ProviderKind(held.kind),
        form=PaperForm(held.form),
        valid_from=held.valid_from,
        class_name=held.class_name,
        valid_to=held.valid_to,
        withdrawn_on=held.withdrawn_on,
        scopes=frozenset(held.scopes),
    )


def standing(provider: ServiceProvider, matter: Matter, on: date) -> Standing:
    """The finding for one matter. Reads the provider's prefetched papers and suspensions when there are any."""
    return load_provider_rules().standing(
        [paper(held) for held in provider.qualifications.all()],
        [_suspension(stop) for stop in provider.suspensions.all()],
        kind=ProviderKind(matter.kind),
        scope=matter.scope,
        on=on,
        ceased_on=provider.ceased_on,
    )


def kinds(provider: ServiceProvider) -> list[str]:
    """The services a provider holds or held papers for, in the order of the law book."""
    held = {item.kind for item in provider.qualifications.all()}
    return [kind.value for kind in ProviderKind if kind.value in held]


def ends_on(held: ProviderQualification) -> date | None:
    """The last day of a paper, stated or by law."""
    return last_day(paper(held))


def last_day(held: Paper) -> date | None:
    """The last day of a paper as the law book reads it."""
    return load_provider_rules().ends_on(held)


def state(provider: ServiceProvider, kind: str, on: date) -> str:
    """In one word for a list: active, expiring, expired, suspended, ceased, doubtful."""
    found = standing(provider, Matter(kind), on)
    if not found.clear:
        return found.code if found.code in {"expired", "suspended", "ceased"} else "doubtful"
    last = _last_day(provider.qualifications.all(), kind)
    return "expiring" if last is not None and last <= on + timedelta(days=EXPIRING_DAYS) else "active"


def narrowed(providers: Iterable[ServiceProvider], on: date, *, kind: str = "", word: str = "") -> list[int]:
    """Keys of the providers of which a service (any, or of one kind) is in a state on a day."""
    return [
        provider.pk
        for provider in providers
        if any(state(provider, held, on) == word for held in kinds(provider) if kind in ("", held))
    ]


def clear_for(providers: Iterable[ServiceProvider], matter: Matter, on: date) -> list[int]:
    """Keys of the providers whose results in a matter may stand on a day."""
    return [provider.pk for provider in providers if standing(provider, matter, on).clear]


def _last_day(held: Iterable[ProviderQualification], kind: str) -> date | None:
    """The latest end of the papers of a kind; None when one of them has none."""
    ends = [ends_on(item) for item in held if item.kind == kind]
    return None if None in ends or not ends else max(filter(None, ends))


def _suspension(stop: ProviderSuspension) -> Suspension:
    return Suspension(stop.starts_on, stop.ends_on, ProviderKind(stop.kind) if stop.kind else None)
