"""What this room knows of a kind beyond what papers in general have: whose it is, who reads it, when it is offered."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from atvsld.casework.accidents.investigation.facade import Material
from atvsld.casework.accidents.papers.material import Facts
from atvsld.law.procedure import Office
from atvsld.platform.papers.registry import Offer, PaperKind, register

CONTEXT = "accidents"


@dataclass(frozen=True, slots=True)
class Stand:
    """Where a case stands, without anything personal: enough to say which papers may be drafted."""

    level: str
    has_employer: bool
    teams: tuple[tuple[str, str], ...] = ()
    statements: tuple[tuple[str, str], ...] = ()
    minutes: tuple[tuple[str, str], ...] = ()
    meetings: tuple[tuple[str, str], ...] = ()
    expertises: tuple[tuple[str, str], ...] = ()

    def at(self, *levels: str) -> bool:
        """Whether the case is at one of the levels, or not yet at any."""
        return self.level in ("", *levels)


@dataclass(frozen=True, slots=True)
class Spec:
    """A kind with its owner and readers.

    issuer: `establishment`, `commune`, `province` or `ministry`. offered: the parts it may be drafted about now.
    sealed: whether it opens statements and other sealed parts of the investigation. prefill: what the record says of
    its fields. signer: title and name of who signs, where the record says it.
    """

    kind: PaperKind
    office: Office
    issuer: str
    offered: Callable[[Stand], Iterable[tuple[str, str]]]
    prefill: Callable[[Facts], Mapping[str, str]]
    readers: frozenset[Office] = frozenset()
    sealed: bool = False
    signer: Callable[[Material], tuple[str, str] | None] | None = None

    def offers(self, stand: Stand) -> list[Offer]:
        return [Offer(self.kind, part, note) for part, note in self.offered(stand)]


_SPECS: dict[str, Spec] = {}


def add(spec: Spec) -> Spec:
    """Make a kind known here and to the room of papers."""
    register(spec.kind)
    return _SPECS.setdefault(spec.kind.code, spec)


def specs() -> Iterable[Spec]:
    return _SPECS.values()


def spec_of(code: str) -> Spec:
    return _SPECS[code]


def once(*levels: str, employer: bool = False) -> Callable[[Stand], list[tuple[str, str]]]:
    """Offered for the case as a whole, at these levels (or any), perhaps only with an establishment."""

    def offered(stand: Stand) -> list[tuple[str, str]]:
        fits = (not levels or stand.at(*levels)) and (stand.has_employer or not employer)
        return [("", "")] if fits else []

    return offered
