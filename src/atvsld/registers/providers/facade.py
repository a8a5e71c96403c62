"""All that outer rings may ask of the register of service providers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from atvsld.kit.certainty import Certainty, Citation
from atvsld.kit.outcome import Problem, Severity
from atvsld.platform.access.actor import Actor
from atvsld.registers.providers import queries
from atvsld.registers.providers import standing as findings
from atvsld.registers.providers.models import ServiceProvider
from atvsld.registers.providers.standing import Matter

__all__ = ["Matter", "Verdict", "find", "scope_problem", "standing", "working_on"]


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a result may stand, and why. `code` is empty when nothing is against it; `status` that of the rule.

    `valid_to` is the last day, by paper or by law, of the paper the result rests on; None without one or without end.
    """

    clear: bool
    code: str
    reasons: tuple[str, ...]
    citation: Citation | None
    status: Certainty
    valid_to: date | None


def standing(provider: ServiceProvider, matter: Matter, on: date) -> Verdict:
    """May a result of this provider in this matter (service, scope) stand on this day? The law book answers."""
    found = findings.standing(provider, matter, on)
    return Verdict(
        clear=found.clear,
        code=found.code,
        reasons=(found.sentence,),
        citation=found.citation,
        status=found.status,
        valid_to=findings.last_day(found.paper) if found.paper else None,
    )


def scope_problem(
    provider: ServiceProvider, matter: Matter, on: date, *, column: str = "provider", row: int | None = None
) -> Problem | None:
    """What is wrong with a result of this provider in this matter on this day; None when nothing is.

    A warning, never a refusal: the result is kept and flagged. `code` is `provider_` and one of ceased, suspended,
    no_paper, expired, wrong_form, out_of_scope, scope_unknown (the last only worth a note).
    """
    found = findings.standing(provider, matter, on)
    if found.clear:
        return None
    return Problem(
        f"provider_{found.code}",
        f"{provider.name}: {found.sentence}",
        f"Căn cứ {found.citation}." if found.citation else "",
        row=row,
        column=column,
        value=provider.name,
        severity=Severity.NOTE if found.code == "scope_unknown" else Severity.WARN,
    )


def find(actor: Actor, text: str, kind: str = "", limit: int = 20) -> list[ServiceProvider]:
    """The first few visible providers whose name, tax code or paper number fits a text."""
    found = queries.search(queries.visible(actor), text)
    return list((queries.of_kind(found, kind) if kind else found).order_by("name_folded")[:limit])


def working_on(kind: str, on: date) -> list[ServiceProvider]:
    """Providers of a service that may work on a day, by the law book."""
    found = queries.working(queries.public(), on, kind).order_by("name_folded")
    return [provider for provider in found if standing(provider, Matter(kind), on).clear]
