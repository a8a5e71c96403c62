"""Deaths and workers of a year by sector, place or labour relation: each death and each worker in exactly one group."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache

from django.db.models import Count, Q, QuerySet, Sum
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from atvsld.casework.accidents.facts import RELATION_GROUPS
from atvsld.casework.accidents.models import Victim
from atvsld.kit.text import fold
from atvsld.law import load_book
from atvsld.oversight.indicators import figures
from atvsld.oversight.indicators.wording import SECTORS, language
from atvsld.oversight.reporting.statement import Slice
from atvsld.registers.places import tree
from atvsld.statistics.decomposition import Pair

UNKNOWN = "-"
INDUSTRY = "industry.vsic"
SECTOR, PLACE, RELATION = "nganh", "dia-ban", "hop-dong"
GROUPINGS: Mapping[str, str | Promise] = {
    SECTOR: gettext_lazy("Ngành kinh tế"),
    PLACE: gettext_lazy("Xã, phường, đặc khu"),
    RELATION: gettext_lazy("Có và không theo hợp đồng"),
}


@dataclass(frozen=True, slots=True)
class Split:
    """A year by group, with the raw keys each group takes in. `rated`: the groups have workers to divide by."""

    pairs: Mapping[str, Pair]
    keys: Mapping[str, frozenset[tuple[str, ...]]]
    rated: bool


def split(
    piece: Slice, by: str, *, day: date, measures: Collection[str] = ("deaths",), years: Collection[int] | None = None
) -> Split:
    """The counted deaths of a slice by group; places under the unit of `day`. KeyError for no such grouping.

    Sector and place count deaths of contract workers, beside the workers of the same groups; labour relation counts
    all deaths, and has no workers: nobody registers those without a contract. `years`: the workers of several years,
    for a slice that spans them.
    """
    columns, naming = _COLUMNS[by], _NAMING[by](day)
    groups = figures.GROUPS if by == RELATION else (figures.CONTRACT,)
    killed: Counter[str] = Counter()
    keys: dict[str, set[tuple[str, ...]]] = {}
    rows = (
        figures.victims(piece, groups=groups, measures=measures)
        .values_list(*columns)
        .annotate(count=Count("pk"))
        .order_by()
    )
    for *raw, count in rows:
        group = naming(raw)
        killed[group] += count
        keys.setdefault(group, set()).add(tuple("" if one is None else str(one) for one in raw))
    workers: Counter[str] = Counter()
    if by != RELATION:
        path = ["establishment__place_id"] if by == PLACE else [one.removeprefix("case__") for one in columns]
        sourced = figures.stated(piece, years).exclude(source__regex=r"^\s*$")
        for *raw, people in sourced.values_list(*path).annotate(people=Sum("workers")).order_by():
            workers[naming(raw)] += int(people)
    names = {*killed, *workers}
    return Split(
        pairs={name: Pair(killed[name], workers[name]) for name in names},
        keys={name: frozenset(found) for name, found in keys.items()},
        rated=by != RELATION,
    )


def narrowed(victims: QuerySet[Victim], by: str, keys: frozenset[tuple[str, ...]]) -> QuerySet[Victim]:
    """The victims whose raw keys are among those of a group."""
    columns = _COLUMNS[by]
    found = Q(pk__in=[])
    for key in keys:
        one = Q()
        for column, value in zip(columns, key, strict=True):
            one &= Q(**{column: value}) if value else Q(**{f"{column}__isnull": True}) | _empty(column)
        found |= one
    return victims.filter(found)


def _empty(column: str) -> Q:
    return Q(pk__in=[]) if column.endswith("_id") else Q(**{column: ""})


def label(by: str, group: str, *, day: date) -> str:
    """The name of a group as people read it."""
    if group == UNKNOWN:
        return _("Chưa rõ")
    if by == RELATION:
        return str(SECTORS[group])
    if by == PLACE:
        unit = tree.current().at(group, day) or next(iter(tree.current().with_code(group)), None)
        return unit.name if unit else group
    return _sector_names(language()).get(group, group)


@cache
def _sections() -> dict[tuple[str, str], str]:
    """Section by version and first two digits of an industry code."""
    found: dict[tuple[str, str], str] = {}
    for codes in load_book().code_lists.versions(INDUSTRY):
        for item in codes.items:
            top = codes.ancestor(item.code, 1)
            if item.level > 1 and top is not None:
                found.setdefault((codes.version, item.code[:2]), f"{codes.version}/{top.code}")
    return found


@cache
def _sector_names(tongue: str) -> dict[str, str]:
    """Names of the sections; the same name in two versions is one group, so the letter is not part of it."""
    found: dict[str, str] = {}
    for codes in load_book().code_lists.versions(INDUSTRY):
        for item in codes.children(None):
            found[f"{codes.version}/{item.code}"] = (tongue == "en" and item.label_en) or item.label_vi
    return found


def _plain(name: str) -> str:
    """A name without tone marks and commas, in which the two versions spell the same thing differently."""
    return fold(name).replace(",", "")


def _sector_of(day: date) -> Callable[[list[object]], str]:  # noqa: ARG001 - one shape for every grouping
    sections, names = _sections(), _sector_names("vi")
    first: dict[str, str] = {}
    for key in sorted(names):
        first.setdefault(_plain(names[key]), key)

    def of(raw: list[object]) -> str:
        version, code = (str(one or "") for one in raw)
        section = sections.get((version, code[:2]))
        return first[_plain(names[section])] if section else UNKNOWN

    return of


def _place_of(day: date) -> Callable[[list[object]], str]:
    graph = tree.current()

    def of(raw: list[object]) -> str:
        pk = raw[0]
        if not isinstance(pk, int) or pk not in graph.nodes:
            return UNKNOWN
        unit = graph.unit_on(pk, day) or graph.nodes[pk]
        return unit.code

    return of


def _relation_of(day: date) -> Callable[[list[object]], str]:  # noqa: ARG001 - as above
    groups = {relation: group for group, relations in RELATION_GROUPS.items() for relation in relations}
    return lambda raw: groups.get(str(raw[0]), figures.UNKNOWN)


_COLUMNS = {
    SECTOR: ("case__establishment__industry_version", "case__establishment__industry_code"),
    PLACE: ("case__place_id",),
    RELATION: ("labour_relation",),
}
_NAMING: Mapping[str, Callable[[date], Callable[[list[object]], str]]] = {
    SECTOR: _sector_of,
    PLACE: _place_of,
    RELATION: _relation_of,
}
