"""The fact sets that tables are computed from, and how stored codes stand in the lists a form runs over."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from atvsld.casework.accidents import facts as accidents
from atvsld.law.codes import CodeList
from atvsld.oversight.reporting.groups import Recode
from atvsld.platform.facts import FactSet
from atvsld.registers.establishments import facts as establishments

FACT_SETS: dict[str, FactSet] = {fact_set.name: fact_set for fact_set in (accidents.FACTS, establishments.FACTS)}
ESTABLISHMENT_MEASURES = frozenset(establishments.FACTS.measures)


def counted_codes(lists: Mapping[str, CodeList]) -> dict[str, dict[str, str]]:
    """For the lists of one report: dimension → stored code → the code it counts under.

    An industry is stored as `version/division`, once for each version in which it is coded, and stands under the
    section of the version of the list. One coded in other versions alone is unknown to the list: versions are
    never mapped by equal number.
    """
    industries = _industries(lists)
    return {} if industries is None else {"industry": _divisions(industries)}


def recodes(codes: Mapping[str, Mapping[str, str]]) -> dict[str, Recode]:
    """How a stored value is turned into a counted code, by dimension."""
    return {name: partial(_counted, held) for name, held in codes.items()}


def _counted(held: Mapping[str, str], stored: str) -> str | None:
    return next((held[code] for code in stored.split(establishments.INDUSTRY_SEPARATOR) if code in held), None)


def section_divisions(lists: Mapping[str, CodeList], sections: tuple[str, ...]) -> tuple[str, ...]:
    """The stored codes that stand under given sections."""
    industries = _industries(lists)
    held = _divisions(industries) if industries is not None else {}
    return tuple(stored for stored, section in held.items() if section in sections)


def _industries(lists: Mapping[str, CodeList]) -> CodeList | None:
    return next((codes for name, codes in lists.items() if name.startswith("industry")), None)


def _divisions(industries: CodeList) -> dict[str, str]:
    whole = _whole(industries)
    return {
        f"{industries.version}/{item.code}": item.parent
        for item in whole.items
        if item.level == 2 and item.parent is not None
    }


def _whole(industries: CodeList) -> CodeList:
    """The list with all its levels, when the form's list is cut to sections."""
    from atvsld.law import load_book

    book = load_book()
    for name in book.code_lists.names:
        for version in book.code_lists.versions(name):
            if version.version == industries.version and version.valid_from == industries.valid_from:
                return version
    return industries
