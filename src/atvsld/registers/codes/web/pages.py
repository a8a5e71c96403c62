"""Pages of the code lists: all of them, and one with its tree, its search and its way into other versions."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from atvsld.law import CodeItem, CodeList, UnknownEntry
from atvsld.law.code_maps import Conversion
from atvsld.platform.acts import clock
from atvsld.platform.ui.pages import Page, requires
from atvsld.registers.codes import catalogue

# Rows a search shows; the rest is counted and the reader asked for a longer word.
MOST_FOUND = 200
MOST_SUGGESTED = 20


class ListsPage(Page):
    """Every list with its versions: when each holds, where it stands, whether it is complete."""

    template_name = "codes/lists.html"
    title = _("Danh mục mã")
    pretitle = _("Danh bạ")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rows = [
            {"name": one.name, "title": catalogue.text_of(one.newest.title), "versions": _versions(one)}
            for one in catalogue.everything(clock.local_day(self.request.now))  # type: ignore[attr-defined]
        ]
        return super().get_context_data(rows=rows, **kwargs)


class ListPage(Page):
    """One version of a list. `?ban=` chooses the version, `?duoi=` the heading, `?tim=` searches the whole."""

    template_name = "codes/list.html"
    pretitle = _("Danh mục mã")

    @cached_property
    def day(self) -> date:
        return clock.local_day(self.request.now)  # type: ignore[attr-defined]

    @cached_property
    def whole(self) -> catalogue.Catalogue:
        try:
            return catalogue.catalogue(self.kwargs["name"], self.day)
        except UnknownEntry as error:
            raise Http404 from error

    @cached_property
    def codes(self) -> CodeList:
        wanted = self.request.GET.get("ban", "")
        found = next((item for item in self.whole.versions if item.version == wanted), None)
        if found is None and wanted:
            raise Http404
        return found or self.whole.shown

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        search = self.request.GET.get("tim", "").replace("\x00", "").strip()[:100]
        below = self.request.GET.get("duoi", "")
        heading = self.codes.get(below) if not search else None
        found = self.codes.search(search) if search else self.codes.children(heading.code if heading else None)
        maps = catalogue.maps_of(self.whole.name, self.codes)
        return super().get_context_data(
            title=catalogue.text_of(self.codes.title),
            codes=self.codes,
            versions=_versions(self.whole),
            missing=catalogue.missing_words(self.codes),
            source=catalogue.source_of(self.codes.citation),
            search=search,
            heading=heading,
            path=[(item, catalogue.text_of(item)) for item in self.codes.path(below)] if heading else [],
            rows=[self._row(item, shown_path=bool(search)) for item in found[:MOST_FOUND]],
            found=len(found),
            more=max(len(found) - MOST_FOUND, 0),
            maps=[(other, known, known and catalogue.source_of(known.citation)) for other, known in maps],
            **kwargs,
        )

    def _row(self, item: CodeItem, *, shown_path: bool) -> dict[str, Any]:
        codes = self.codes
        return {
            "item": item,
            "text": catalogue.text_of(item),
            "above": " › ".join(catalogue.text_of(up) for up in codes.path(item.code)[:-1]) if shown_path else "",
            "below": len(codes.children(item.code)),
            "heading_only": not codes.may_record(item.code),
            "doubtful": item.status is not codes.status,
            "ways": [
                _way(other, catalogue.conversion(self.whole.name, item.code, version=codes.version, to=other.version))
                for other in self.whole.others(codes)
            ],
        }


@requires("")
def suggest(request: HttpRequest, name: str) -> HttpResponse:
    """What fits a code or name being typed, as `<option>`s: see `codes.form_fields`."""
    asked = request.GET
    typed = asked.get(asked.get("truong", "tim"), "").replace("\x00", "").strip()[:100]
    wanted = asked.get(asked.get("ban-truong", "ban"), "")
    try:
        whole = catalogue.catalogue(name, clock.local_day(request.now))  # type: ignore[attr-defined]
    except UnknownEntry as error:
        raise Http404 from error
    codes = next((one for one in whole.versions if one.version == wanted), whole.shown)
    found = [item for item in codes.search(typed) if codes.may_record(item.code)] if typed else []
    items = [(item, catalogue.text_of(item)) for item in found[:MOST_SUGGESTED]]
    return render(request, "codes/suggestions.html", {"items": items})


def _versions(one: catalogue.Catalogue) -> list[dict[str, Any]]:
    return [
        {
            "codes": codes,
            "current": codes is one.current,
            "source": catalogue.source_of(codes.citation),
            "missing": catalogue.missing_words(codes),
        }
        for codes in one.versions
    ]


def _way(other: CodeList, found: Conversion) -> dict[str, Any]:
    """Where one code leads in another version, each target with its name there."""
    targets = []
    for code, edge in zip(found.targets, found.edges, strict=True):
        item = other.get(code)
        targets.append({"code": code, "text": catalogue.text_of(item) if item else "", "edge": edge})
    return {"to": other, "targets": targets, "exact": found.exact}
