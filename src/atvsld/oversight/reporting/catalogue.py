"""The fact sets that tables are computed from, and how stored codes stand in the lists a form runs over."""

from __future__ import annotations

from collections.abc import Mapping

from atvsld.casework.accidents import facts as accidents
from atvsld.law.book import LawBook
from atvsld.law.codes import CodeList
from atvsld.oversight.reporting.groups import Recode
from atvsld.platform.facts import FactSet
from atvsld.registers.establishments import facts as establishments

FACT_SETS: dict[str, FactSet] = {fact_set.name: fact_set for fact_set in (accidents.FACTS, establishments.FACTS)}
# Dimensions that every fact set knows under the same name may be mixed in one table.
ESTABLISHMENT_MEASURES = frozenset(establishments.FACTS.measures)


def fact_set_of(measure: str, default: str) -> FactSet:
    """The fact set a measure belongs to; KeyError when no set has it."""
    if measure in FACT_SETS[default].measures:
        return FACT_SETS[default]
    return next(facts for facts in FACT_SETS.values() if measure in facts.measures)


def recodes(book: LawBook, lists: Mapping[str, CodeList]) -> dict[str, Recode]:
    """Recoding of stored codes for the lists of one report, by dimension."""
    industries = next((codes for name, codes in lists.items() if name.startswith("industry")), None)
    return {"industry": _section(book, industries)} if industries is not None else {}


def _section(book: LawBook, wanted: CodeList) -> Recode:
    """Section of a stored `version/division`. Another version is never mapped by equal number: unknown here."""

    def recode(stored: str) -> str | None:
        version, division = stored.split("/", 1)
        if version != wanted.version and f"industry.{version}" != wanted.name and version not in wanted.name:
            return None
        section = wanted.ancestor(division, 1) or book.code_lists.versions(wanted.name)[-1].ancestor(division, 1)
        return section.code if section else None

    return recode
