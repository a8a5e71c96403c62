"""The groups of a board under the names people read, with the raw keys each takes in: a list equals its line."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from atvsld.law import load_book
from atvsld.law.reporting_duties import Term
from atvsld.oversight.obligations.board import Counts
from atvsld.oversight.obligations.populations import POPULATIONS
from atvsld.registers.bodies.models import Body
from atvsld.registers.places import tree

GROUPINGS: Mapping[str, str | Promise] = {
    "commune": gettext_lazy("Địa bàn"),
    "sector": gettext_lazy("Ngành"),
    "size": gettext_lazy("Quy mô"),
    "body": gettext_lazy("Ban quản lý khu"),
}
_SIZES = {
    "1-9": gettext_lazy("Dưới 10 lao động"),
    "10-49": gettext_lazy("10 – 49"),
    "50-299": gettext_lazy("50 – 299"),
    "300-": gettext_lazy("Từ 300"),
}


@dataclass(frozen=True, slots=True)
class Group:
    """One line of a grouped board: `code` names it in addresses, `keys` are the raw values it takes in."""

    code: str
    label: str
    keys: tuple[str, ...]
    counts: Counts


def groupings(term: Term) -> list[tuple[str, str]]:
    """The ways a term's board may be grouped."""
    own = POPULATIONS[term.duty.reporter.register].groups
    return [(name, str(label)) for name, label in GROUPINGS.items() if name in own]


def grouped(term: Term, by: str, found: Mapping[str, Counts], *, today: date) -> list[Group]:
    """The lines of a grouping in a stable order; units that were merged count under the one that stands today."""
    naming: dict[str, Callable[[], dict[str, tuple[str, str]]]] = {
        "commune": lambda: _communes(found, today),
        "sector": lambda: _sectors(found, term),
        "size": _sizes,
        "body": lambda: _bodies(found),
    }
    names = naming[by]()
    together: dict[tuple[str, str], list[str]] = defaultdict(list)
    for key in found:
        together[names.get(key, ("-", _("chưa rõ")))].append(key)
    order = {"size": lambda group: list(_SIZES).index(group.code) if group.code in _SIZES else len(_SIZES)}
    lines = [
        Group(code, label, tuple(sorted(keys)), sum((found[key] for key in keys), Counts()))
        for (code, label), keys in together.items()
    ]
    return sorted(
        lines, key=order.get(by, lambda group: (group.code == "-", group.code if by == "sector" else group.label))
    )


def keys_of(term: Term, by: str, code: str, found: Mapping[str, Counts], *, today: date) -> tuple[str, ...]:
    """The raw keys behind the code of a line; none for a code that is no line."""
    return next((group.keys for group in grouped(term, by, found, today=today) if group.code == code), ())


def _communes(found: Mapping[str, Counts], today: date) -> dict[str, tuple[str, str]]:
    graph = tree.current()
    names = {}
    for key in found:
        if not key:
            continue
        unit = graph.unit_on(int(key), today) or graph.nodes[int(key)]
        names[key] = (unit.code, unit.name)
    return names


def _sectors(found: Mapping[str, Counts], term: Term) -> dict[str, tuple[str, str]]:
    codes = load_book().code_list("industry.vsic", on=term.as_of)
    labels = {key: codes.get(key) for key in found if key}
    return {key: (key, f"{key} – {item.label_vi}" if item else key) for key, item in labels.items()}


def _sizes() -> dict[str, tuple[str, str]]:
    return {key: (key, str(label)) for key, label in _SIZES.items()}


def _bodies(found: Mapping[str, Counts]) -> dict[str, tuple[str, str]]:
    names = {
        str(body.pk): (body.code, body.name) for body in Body.objects.filter(pk__in=[int(key) for key in found if key])
    }
    return names | {"": ("ngoai", _("Ngoài khu"))}
