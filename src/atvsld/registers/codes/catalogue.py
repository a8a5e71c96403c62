"""Code lists for pages, the interface and the command line: which versions there are, what one holds, where codes lead.

Everything comes from the law book; nothing is kept in the database.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from atvsld.kit.certainty import Citation
from atvsld.kit.text import sort_key
from atvsld.law import CodeItem, CodeList, Label, load_book
from atvsld.law.code_maps import CodeMap, Conversion


@dataclass(frozen=True, slots=True)
class Catalogue:
    """One list with all its versions, newest first; `current` is the one in force on the day asked for."""

    name: str
    versions: tuple[CodeList, ...]
    current: CodeList | None

    @property
    def newest(self) -> CodeList:
        return self.versions[0]

    @property
    def shown(self) -> CodeList:
        """The version in force, the newest when none is."""
        return self.current or self.newest

    def others(self, version: CodeList) -> tuple[CodeList, ...]:
        return tuple(item for item in self.versions if item is not version)


def catalogue(name: str, on: date) -> Catalogue:
    """A list by its name; `UnknownEntry` for an unknown one."""
    versions = tuple(reversed(load_book().code_lists.versions(name)))
    return Catalogue(name, versions, next((item for item in versions if item.holds_on(on)), None))


def everything(on: date) -> list[Catalogue]:
    """Every list once, by title."""
    found = [catalogue(name, on) for name in load_book().code_lists.catalogue]
    return sorted(found, key=lambda one: sort_key(one.newest.title.vi))


def version_of(name: str, version: str, on: date) -> CodeList:
    """The version asked for by its own name; without one that of the day, the newest when none holds then."""
    return load_book().code_lists.version(name, version) if version else catalogue(name, on).shown


def in_force(name: str, on: date) -> CodeList:
    """The version in force on a day; `NotInForce` when none is, `UnknownEntry` for an unknown list."""
    return load_book().code_list(name, on=on)


def items(codes: CodeList, *, search: str = "", parent: str = "") -> tuple[CodeItem, ...]:
    """What a version holds: all of it, what a search finds, or what stands directly below a code."""
    found = codes.search(search) if search.strip() else codes.items
    return tuple(item for item in found if item.parent == parent) if parent else found


def maps_of(name: str, version: CodeList) -> list[tuple[CodeList, CodeMap | None]]:
    """Each other version with the map to it, None where no source gives one."""
    lists = load_book().code_lists
    return [
        (other, lists.map_between(name, version.version, other.version))
        for other in lists.versions(name)
        if other.version != version.version
    ]


def conversion(name: str, code: str, *, version: str, to: str) -> Conversion:
    """Where a code of one version leads in another; without a map it leads nowhere, whatever the numbers say."""
    return load_book().code_lists.convert(name, code, version=version, to=to)


def text_of(item: CodeItem | Label) -> str:
    """The name in the language of the page."""
    english, vietnamese = (item.en, item.vi) if isinstance(item, Label) else (item.label_en, item.label_vi)
    return english if english and get_language() == "en" else vietnamese


def source_of(citation: Citation) -> str:
    """`Phụ lục I, Quyết định 36/2025/QĐ-TTg`: where it stands, for people."""
    instrument = load_book().instruments.get(citation.instrument)
    if instrument is None:
        return str(citation)
    return ", ".join(filter(None, (citation.locator, f"{instrument.kind.capitalize()} {instrument.number}")))


def missing_words(codes: CodeList) -> str:
    """The warning that stands over an incomplete list; nothing over a complete one."""
    if codes.complete:
        return ""
    return _("Danh mục CHƯA ĐẦY ĐỦ: còn thiếu mã, không dùng để kết luận một mã là không có.")


def version_data(codes: CodeList) -> dict[str, Any]:
    """A version without its items, as data."""
    return {
        "name": codes.name,
        "title": codes.title.vi,
        "title_en": codes.title.en,
        "version": codes.version,
        "valid_from": codes.valid_from.isoformat(),
        "valid_to": codes.valid_to.isoformat() if codes.valid_to else None,
        "complete": codes.complete,
        "status": codes.status.value,
        "citation": str(codes.citation),
        "source": source_of(codes.citation),
        "note": codes.note,
        "size": len(codes),
    }


def item_data(codes: CodeList, item: CodeItem) -> dict[str, Any]:
    """An item as data. `recordable`: it may be stated on a record, and is not only a heading."""
    return {
        "code": item.code,
        "label": item.label_vi,
        "label_en": item.label_en,
        "parent": item.parent,
        "level": item.level,
        "recordable": codes.may_record(item.code),
        "status": item.status.value,
    }


def conversion_data(found: Conversion) -> dict[str, Any]:
    """A conversion as data. `exact` is given only where the way is lossless; empty `targets` means: no map."""
    pairs = zip(found.targets, found.edges, strict=True)
    return {
        "code": found.code,
        "from": found.version,
        "to": found.to,
        "exact": found.exact,
        "targets": [
            {"code": code, "lossless": edge.lossless, "status": edge.status.value, "note": edge.note}
            for code, edge in pairs
        ],
        "citation": str(found.citation) if found.citation else None,
    }
