"""Every plan there is, one plan with its clauses as the document has them, one clause with all that hangs on it."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from functools import cached_property
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from atvsld.law import load_book
from atvsld.law.errors import UnknownEntry
from atvsld.law.programme import Clause, Programme, Programmes, needs, split_reference
from atvsld.law.programme_outline import header_of, rows_of
from atvsld.law.programme_terms import terms
from atvsld.oversight.programme import facade, holding, known
from atvsld.oversight.programme.gantt import BY_DAY, chart
from atvsld.oversight.programme.intake.workbook import workbook
from atvsld.oversight.programme.models import EnteredProgramme
from atvsld.oversight.programme.models.entered import LEVELS
from atvsld.oversight.programme.policy import READ
from atvsld.oversight.programme.queries import own, owners, readable, visible
from atvsld.oversight.programme.standing import LOOKS, by_clause, tally, tasks_of
from atvsld.oversight.programme.web.common import asked_by, plan_or_404, today_of, year_of, years
from atvsld.platform.files import facade as files
from atvsld.platform.ui.export import XLSX_TYPE
from atvsld.platform.ui.formats_text import said
from atvsld.platform.ui.pages import Page, PageAction, actor_of, requires
from atvsld.registers import proofs

LEVEL_NAMES = dict(LEVELS)
# Tasks drawn on the page of one clause.
MOST_BARS = 60


class PlansPage(Page):
    """Plans in the order of the chain, from directives down; and the drafts one is writing."""

    permission = READ
    template_name = "programme/list.html"
    title = gettext_lazy("Chương trình, kế hoạch")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        entered = {one.code: one for one in visible(self.actor).filter(state=EnteredProgramme.State.ISSUED)}
        everything = known.known(date.max).by_id
        rows = [
            {
                "plan": one,
                "level": LEVEL_NAMES[one.level.value],
                "entered": entered.get(one.id),
                "clauses": sum(clause.binds for clause in one.clauses),
                "above": [everything[code] for code in one.carries_out if code in everything],
            }
            for one in readable(self.actor, date.max)
        ]
        drafts = own(self.actor).filter(state=EnteredProgramme.State.DRAFT).order_by("code")
        return super().get_context_data(rows=rows, drafts=drafts, **kwargs)

    def actions(self) -> list[PageAction]:
        found = [PageAction(_("Theo dõi thực hiện"), reverse("programme:follow"), "layout-dashboard")]
        if any(owners(self.actor)):
            found.append(PageAction(_("Nhập từ tệp"), reverse("programme:import"), "file-upload"))
            found.append(PageAction(_("Kế hoạch mới"), reverse("programme:new"), "plus", primary=True))
        return found


class PlanPage(Page):
    """A plan: its place in the chain, and its clauses with who holds them today, what proves them, how they stand."""

    permission = READ
    template_name = "programme/plan.html"

    @cached_property
    def today(self) -> date:
        return today_of(self.request)

    @cached_property
    def plan(self) -> Programme:
        return plan_or_404(self.actor, self.kwargs["code"], date.max)

    @cached_property
    def entered(self) -> EnteredProgramme | None:
        rows = visible(self.actor).filter(code=self.plan.id).exclude(state=EnteredProgramme.State.DRAFT)
        return rows.order_by("-edition").first()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        year = year_of(self.request, self.today)
        day = holding.day_in(year, self.today)
        programmes = known.known(date.max)
        held = holding.held_on(self.actor, day)
        lines = tasks_of(self.actor, self.plan.id, year, today=self.today)
        by_id = by_clause(lines)
        mine = {one.id: one for one in readable(self.actor, date.max)}
        sections = [
            {
                "section": section,
                "rows": [
                    {
                        "clause": clause,
                        "holders": _named(clause, held, day, programmes),
                        "needs": needs(clause, words=programmes.words),
                        "tally": tally(by_id.get(clause.id, ())),
                        "in_force": clause.holds_on(day),
                    }
                    for clause in section.clauses
                ],
            }
            for section in self.plan.sections
        ]
        return super().get_context_data(
            title=said(self.plan.title),
            plan=self.plan,
            level=LEVEL_NAMES[self.plan.level.value],
            entered=self.entered,
            editions=list(visible(self.actor).filter(code=self.plan.id).order_by("-edition")) if self.entered else [],
            issuer=programmes.words.holders.get(self.plan.issuer),
            chain=_chain(programmes, mine, self.plan),
            below=[one for one in mine.values() if self.plan.id in one.carries_out],
            sections=sections,
            whole=tally(lines),
            year=year,
            years=years(self.today),
            looks=LOOKS,
            page_actions=self._links(year),
            **kwargs,
        )

    def _links(self, year: int) -> list[PageAction]:
        follow = f"{reverse('programme:follow')}?kh={self.plan.id}&nam={year}"
        found = [
            PageAction(_("Excel"), reverse("programme:excel", args=[self.plan.id]), "file-spreadsheet"),
            PageAction(_("Bảng theo dõi"), follow, "layout-dashboard"),
        ]
        if self.entered is not None and own(self.actor).filter(pk=self.entered.pk).exists():
            found.append(PageAction(_("Sửa, thay thế"), reverse("programme:revise", args=[self.plan.id]), "edit"))
        return found


def _named(clause: Clause, held: holding.Held, day: date, programmes: Programmes) -> list[dict[str, Any]]:
    """Who leads a clause: the word of the plan, the bodies meant today, how sure that is."""
    return [
        {"word": programmes.words.holders[holder.word], "holder": holder, "bodies": bodies[:3], "count": len(bodies)}
        for holder, bodies in holding.leading(clause, held, day, programmes)
    ]


def _chain(programmes: Programmes, mine: Collection[str], plan: Programme) -> list[tuple[Programme, bool]]:
    """What stands above a plan, from the first document down to itself; whether the person may open each."""
    try:
        chain = programmes.chain(plan.id)
    except UnknownEntry:
        chain = (plan,)
    return [(one, one.id in mine) for one in chain]


class ClausePage(Page):
    """One clause: where it stands, who held it when, who works on it, what was counted, what is laid beside it."""

    permission = READ
    template_name = "programme/clause.html"

    def get_context_data(self, **_kwargs: Any) -> dict[str, Any]:
        today = today_of(self.request)
        plan = plan_or_404(self.actor, self.kwargs["code"], date.max)
        try:
            clause = plan.clause(self.kwargs["clause"])
        except UnknownEntry as error:
            raise Http404 from error
        year = year_of(self.request, today)
        day = holding.day_in(year, today)
        programmes = known.known(date.max)
        held = holding.held_on(self.actor, day)
        found = tasks_of(self.actor, plan.id, year, today=today, clause=clause.id)
        # Numbered alike in the drawing and in the table below it.
        lines = sorted(found, key=BY_DAY)
        words = programmes.words
        reached = holding.duties(clause, held, day, programmes)
        busy = {line.body for line in lines}
        mine = {one.id for one in readable(self.actor, date.max)}
        return super().get_context_data(
            title=said(clause.text),
            plan=plan,
            clause=clause,
            place=plan.place(clause),
            holders=[
                {**one, "now": one["holder"].holds_on(day)}
                for one in _all_holders(clause, held, programmes)
            ],
            supporting=[(words.holders[word], held.of_word(word, programmes)[:3]) for word in clause.supporting],
            idle=[held.bodies[pk] for pk, leads in reached.items() if leads and pk not in busy][:12],
            idle_count=sum(leads and pk not in busy for pk, leads in reached.items()),
            terms=terms(load_book(), plan, clause, year),
            needs=needs(clause, words=words),
            provable=proofs.provable(),
            groups=[words.groups[word].label for word in clause.groups],
            sectors=[words.sectors[word].label for word in clause.sectors],
            lines=lines,
            tally=tally(lines),
            looks=LOOKS,
            chart=chart(lines[:MOST_BARS], year, today) if lines else None,
            rest=max(0, len(lines) - MOST_BARS),
            measures=self._measures(clause, year, words),
            carries=_carries(programmes, mine, plan, clause),
            carried_by=[pair for pair in programmes.carried_by(plan.id, clause.id) if pair[0].id in mine],
            year=year,
            years=years(today),
            day=day,
        )  # fmt: skip

    def _measures(self, clause: Clause, year: int, words: Any) -> list[dict[str, Any]]:
        asked = asked_by(self.actor, year)
        found = []
        for word in clause.measures:
            source = proofs.measure_of(word)
            figures = facade.addressed(word, asked, source.figures(asked)) if source else []
            found.append({"label": words.measures[word].label, "figures": figures, "held": source is not None})
        return found


def _all_holders(clause: Clause, held: holding.Held, programmes: Programmes) -> list[dict[str, Any]]:
    return [
        {
            "word": programmes.words.holders[holder.word],
            "holder": holder,
            "bodies": held.of_word(holder.word, programmes)[:3],
            "count": len(held.of_word(holder.word, programmes)),
        }
        for holder in clause.holders
    ]


def _carries(
    programmes: Programmes, mine: Collection[str], plan: Programme, clause: Clause
) -> list[tuple[Programme, str, Clause | None, bool]]:
    """The clauses a clause carries out: plan, id, the clause itself where the id is one, whether it may be opened."""
    found = []
    for reference in clause.carries:
        where, wanted = split_reference(reference, plan.id)
        target = programmes.by_id.get(where)
        if target is not None:
            exact = next((one for one in target.clauses if one.id == wanted), None)
            found.append((target, wanted, exact, where in mine))
    return found


@requires(READ)
def excel(request: HttpRequest, code: str) -> HttpResponse:
    """The plan as a workbook that can be read back."""
    plan = plan_or_404(actor_of(request), code, date.max)
    made = workbook(header_of(plan), rows_of(plan), known.known(date.max).words)
    return files.respond(made, f"ke-hoach-{plan.id}.xlsx", XLSX_TYPE)
