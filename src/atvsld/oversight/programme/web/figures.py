"""The records behind a figure, where no list of their own can show just these."""

from __future__ import annotations

from datetime import date
from functools import cached_property
from itertools import islice
from typing import Any

from django.http import Http404, HttpResponse
from django.utils.translation import gettext_lazy as _

from atvsld.oversight.programme import known
from atvsld.oversight.programme.policy import READ
from atvsld.oversight.programme.queries import followed
from atvsld.oversight.programme.web.common import sees_all
from atvsld.platform.ui import export
from atvsld.platform.ui.formats_text import said
from atvsld.platform.ui.pages import Page
from atvsld.registers import proofs
from atvsld.registers.bodies.models import Body
from atvsld.registers.bodies.queries import lineage
from atvsld.registers.establishments import facade as establishments
from atvsld.registers.proofs import Asked, Figure, Measure

# Shown on the page; the file holds all of them.
SHOWN = 500
_MOST_IDS = 2_000


class FiguresPage(Page):
    """One figure with its records; 404 for what nobody counted, or what lies outside the person's reach."""

    permission = READ
    template_name = "programme/figures.html"
    pretitle = _("Hồ sơ đứng sau con số")

    @cached_property
    def asked(self) -> Asked:
        get = self.request.GET.get
        try:
            start, end = date.fromisoformat(get("tu", "")), date.fromisoformat(get("den", ""))
        except ValueError as error:
            raise Http404 from error
        found = Asked(start, end, self._ids("co-quan"), self._ids("co-so"), self._ids("dia-ban"))
        if not self._within_reach(found):
            raise Http404
        return found

    def _ids(self, name: str) -> frozenset[int] | None:
        if name not in self.request.GET:
            return None
        parts = [part for part in self.request.GET[name].split(",") if part]
        if len(parts) > _MOST_IDS or not all(part.isascii() and part.isdigit() and len(part) < 10 for part in parts):
            raise Http404
        return frozenset(map(int, parts))

    def _within_reach(self, asked: Asked) -> bool:
        """Whoever sees the whole province may ask everything; others for their bodies, places, establishments."""
        if sees_all(self.actor):
            return True
        if asked.bodies is None and asked.establishments is None and asked.places is None:
            return False
        scopes = self.actor.scopes(READ)
        places = frozenset[int]().union(*(scope.ids for scope in scopes if scope.dimension == "place"))
        firms = establishments.visible(self.actor).filter(pk__in=asked.establishments or ())
        return (
            (asked.bodies is None or asked.bodies <= self._bodies())
            and (asked.establishments is None or firms.count() == len(asked.establishments))
            and (asked.places is None or asked.places <= places)
        )

    def _bodies(self) -> frozenset[int]:
        """The bodies the person follows, with those they took over from."""
        own = set(followed(self.actor).values_list("pk", flat=True))
        return frozenset(own).union(*(lineage(pk) for pk in own))

    @cached_property
    def measure(self) -> Measure:
        found = proofs.measure_of(self.request.GET.get("cai", ""))
        if found is None:
            raise Http404
        return found

    @cached_property
    def figure(self) -> Figure:
        key = self.request.GET.get("so", "")
        found = next((one for one in self.measure.figures(self.asked) if one.key == key), None)
        if found is None:
            raise Http404
        return found

    def get(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponse:  # noqa: ARG002 - Django's signature
        records = self.measure.records(self.asked, self.figure.key)
        if request.GET.get("xuat") in export.KINDS:
            rows = ([one.label, one.day] for one in records)
            heading = [[str(_("Hồ sơ")), str(_("Ngày"))]]
            return export.respond(request.GET["xuat"], f"ho-so-{self.measure.word}", iter([*heading, *rows]))  # type: ignore[return-value]
        shown = list(islice(records, SHOWN + 1))
        names = Body.objects.filter(pk__in=self.asked.bodies or ()).values_list("name", flat=True)
        context = self.get_context_data(
            title=self.figure.label,
            subtitle=said(known.known(date.max).words.measures[self.measure.word].label),
            figure=self.figure,
            asked=self.asked,
            bodies=list(names[:6]),
            records=shown[:SHOWN],
            more=len(shown) > SHOWN,
            downloads=[(kind, f"?{request.GET.urlencode()}&xuat={kind}") for kind in ("xlsx", "csv")],
        )
        return self.render_to_response(context)
