"""Drafts of plans: begun, changed row by row, compared with the edition in force, issued or dropped."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from atvsld.law.programme import Programme, assignments
from atvsld.law.programme_diff import Difference
from atvsld.law.programme_outline import SECTION
from atvsld.oversight.programme import actions, known
from atvsld.oversight.programme.actions.issuing import replaces
from atvsld.oversight.programme.holding import EMPLOYERS, issuer_of
from atvsld.oversight.programme.intake.labels import column_label
from atvsld.oversight.programme.models import EnteredProgramme
from atvsld.oversight.programme.policy import CHANGE
from atvsld.oversight.programme.queries import own, owners, readable
from atvsld.oversight.programme.web.common import today_of
from atvsld.oversight.programme.web.forms import HeaderForm, IssueForm, NewForm, RowForm, choices
from atvsld.platform.access.actor import Actor
from atvsld.platform.acts import Conflict, Rejected
from atvsld.platform.ui.formats_text import said
from atvsld.platform.ui.pages import Page, act_by_form, act_of, actor_of, apply_problems, form_page, requires, say
from atvsld.registers.bodies.models import Body, BodyFunction
from atvsld.registers.bodies.queries import in_force, lineage
from atvsld.registers.establishments.models import Establishment

State = EnteredProgramme.State
Row = dict[str, str]


def draft_or_404(request: HttpRequest, public_id: str) -> EnteredProgramme:
    """A draft of one's own."""
    return get_object_or_404(own(actor_of(request)), public_id=public_id.replace("\x00", ""), state=State.DRAFT)


def owner_choices(actor: Actor) -> list[tuple[str, str]]:
    """Whose plan it can be: `body:key` or `establishment:key`."""
    bodies, firms = owners(actor)
    found = [(f"body:{one.pk}", one.name) for one in Body.objects.filter(pk__in=bodies).order_by("name_folded")]
    return [*found, *((f"establishment:{one.pk}", one.name) for one in Establishment.objects.filter(pk__in=firms))]


def owner_of(choice: str) -> dict[str, Any]:
    """The owner a choice names, as the actions want it."""
    kind, _colon, key = choice.partition(":")
    if kind == "body":
        return {"body": get_object_or_404(Body, pk=int(key))}
    return {"establishment": get_object_or_404(Establishment, pk=int(key))}


@requires(CHANGE)
def new(request: HttpRequest) -> HttpResponse:
    """A plan begun on the page: empty, or with a row for each clause of another plan that falls to its owner."""
    actor, today = actor_of(request), today_of(request)
    choices = owner_choices(actor)
    if not choices:
        raise Http404
    plans = [one for one in readable(actor, date.max) if any(clause.binds for clause in one.clauses)]
    first = {
        "issuer": issuer_of(owner_of(choices[0][0]).get("body"), today),
        "level": "body",
        "valid_from": date(today.year + 1, 1, 1),
    }
    form = NewForm(request.POST or None, carried=readable(actor, date.max), initial=first)
    form.fields["owner"].choices = choices  # type: ignore[attr-defined]
    start = [("", _("Một mục trống")), *((one.id, _("Việc được giao trong: %(plan)s") % {"plan": said(one.title)}) for one in plans)]  # fmt: skip  # noqa: E501
    form.fields["start"].choices, form.fields["start"].required = start, False  # type: ignore[attr-defined]
    made: list[EnteredProgramme] = []

    def act() -> None:
        owner = owner_of(form.cleaned_data["owner"])
        above = next((one for one in plans if one.id == form.cleaned_data["start"]), None)
        rows = [{"id": "I", "kind": SECTION, "text": "Nhiệm vụ"}] if above is None else taken_from(above, owner, today)
        header = form.header()
        if above is not None and above.id not in header["carries_out"]:
            header["carries_out"] = "; ".join(filter(None, (header["carries_out"], above.id)))
        made.append(actions.enter(act_of(request), key=form.cleaned_data["key"], header=header, rows=rows, **owner))

    return act_by_form(
        request, form, act, title=_("Kế hoạch mới"), back=reverse("programme:list"),
        then=lambda: reverse("programme:draft", args=[made[0].public_id]), submit_label=_("Lập bản soạn"),
    )  # fmt: skip


def taken_from(above: Programme, owner: dict[str, Any], on: date) -> list[Row]:
    """A heading and a row for each clause of a plan that its owner leads, each carrying that clause out."""
    programmes = known.known(on)
    body = owner.get("body")
    if body is None:
        asked = [EMPLOYERS]
    else:
        rows = BodyFunction.objects.filter(in_force(on), body_id__in=lineage(body.pk))
        asked = sorted(set(rows.values_list("function", flat=True)) & set(programmes.words.holders))
    own_word = issuer_of(body, on) or asked[0]
    found: list[Row] = [{"id": "I", "kind": SECTION, "text": "Nhiệm vụ được giao"}]
    leads = [one for one in assignments(above, *asked, on=on, words=programmes.words) if one.leads] if asked else []
    for number, one in enumerate(leads, start=1):
        clause = one.clause
        found.append({
            "id": f"I.{number}", "kind": clause.kind.value, "text": clause.text.vi, "text_en": clause.text.en or "",
            "holders": own_word, "supporting": "; ".join(clause.supporting), "measures": "; ".join(clause.measures),
            "evidence": "; ".join(clause.evidence), "groups": "; ".join(clause.groups),
            "sectors": "; ".join(clause.sectors), "carries": f"{above.id}:{clause.id}",
        })  # fmt: skip
    return found


class DraftPage(Page):
    """A draft: its header, its rows, what it changes of the edition in force, and issuing it."""

    permission = CHANGE
    template_name = "programme/draft.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        draft = draft_or_404(self.request, self.kwargs["public_id"])
        reading = known.read(draft.header, draft.rows, among=known.known(date.max).by_id)
        change = replaces(draft)
        return super().get_context_data(
            title=draft.title,
            draft=draft,
            plan=reading.programme,
            problems=[(one, column_label(one.column)) for one in reading.problems],
            rows=[
                {
                    "at": at,
                    "row": row,
                    "heading": row.get("kind") == SECTION,
                    "holders": _labelled(row.get("holders", ""), "holders"),
                    "evidence": _labelled(row.get("evidence", ""), "evidence"),
                }
                for at, row in enumerate(draft.rows)
            ],
            last=len(draft.rows) - 1,
            change=change,
            changes=_spoken(change) if change else [],
            before=EnteredProgramme.objects.filter(code=draft.code, state=State.ISSUED).first(),
            form=IssueForm(initial={"issued_on": today_of(self.request)}),
            **kwargs,
        )


def _labelled(cell: str, column: str) -> str:
    """The words of a cell by their labels; what is no word alone stays as written."""
    known = dict(choices(column))
    return "; ".join(known.get(word.strip(), word.strip()) for word in cell.split(";") if word.strip())


def _spoken(change: Difference) -> list[dict[str, str]]:
    """Each change as a line: where, what, before, after."""
    found = [{"where": one, "what": _("Thêm"), "before": "", "after": ""} for one in change.added]
    found += [{"where": one, "what": _("Bỏ"), "before": "", "after": ""} for one in change.removed]
    found += [
        {"where": one.where or _("Phần đầu"), "what": column_label(_COLUMN.get(one.field, one.field)),
         "before": _value(one.before), "after": _value(one.after)}
        for one in change.changed
    ]  # fmt: skip
    return found


_COLUMN = {"paragraphs": "paragraph", "section": "id"}


def _value(value: Any) -> str:
    if hasattr(value, "vi"):
        return said(value)
    if isinstance(value, tuple):
        return "; ".join(str(getattr(one, "word", one)) for one in value) or "–"
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    return "–" if value in (None, "") else str(value)


@requires(CHANGE)
def header(request: HttpRequest, public_id: str) -> HttpResponse:
    """The header of a draft."""
    draft = draft_or_404(request, public_id)
    carried = [one for one in readable(actor_of(request), date.max) if one.id != draft.code]
    initial = {**draft.header, "carries_out": [part.strip() for part in draft.header.get("carries_out", "").split(";")]}
    form = HeaderForm(request.POST or None, carried=carried, initial=initial)
    form.fields["id"].disabled = True
    return act_by_form(
        request, form, lambda: _changed(request, draft, form.header(draft.header), draft.rows),
        title=_("Phần đầu của kế hoạch"), back=reverse("programme:draft", args=[public_id]), version=draft.version,
        template="programme/draft_form.html",
    )  # fmt: skip


@requires(CHANGE)
def row(request: HttpRequest, public_id: str, at: int) -> HttpResponse:
    """One row of a draft."""
    draft = draft_or_404(request, public_id)
    if at >= len(draft.rows):
        raise Http404
    form = RowForm(request.POST or None, held=draft.rows[at])
    return _row_page(request, draft, form, lambda rows, told: [*rows[:at], told, *rows[at + 1 :]], _("Sửa dòng"))


@requires(CHANGE)
def add(request: HttpRequest, public_id: str, at: int) -> HttpResponse:
    """A new row after one of a draft."""
    draft = draft_or_404(request, public_id)
    if at >= len(draft.rows):
        raise Http404
    form = RowForm(request.POST or None, held=_next_of(draft, at))
    return _row_page(request, draft, form, lambda rows, told: [*rows[: at + 1], told, *rows[at + 1 :]], _("Thêm dòng"))


def _next_of(draft: EnteredProgramme, at: int) -> Row:
    """What a row after another most likely is: the next clause of its heading, held by whoever issues the plan."""
    above = [one for one in draft.rows[: at + 1] if one.get("kind") == SECTION]
    section = above[-1]["id"] if above else "I"
    taken = {one.get("id") for one in draft.rows}
    number = next(number for number in range(1, len(draft.rows) + 2) if f"{section}.{number}" not in taken)
    return {
        "id": f"{section}.{number}", "kind": "standing", "holders": draft.header.get("issuer", ""), "evidence": "task",
        "measures": "tasks_proven",
    }  # fmt: skip


def _row_page(
    request: HttpRequest, draft: EnteredProgramme, form: RowForm, put: Callable[[list[Row], Row], list[Row]], title: str
) -> HttpResponse:
    return act_by_form(
        request, form, lambda: _changed(request, draft, draft.header, put(list(draft.rows), form.row())),
        title=title, back=reverse("programme:draft", args=[draft.public_id]), version=draft.version,
        template="programme/draft_form.html", subtitle=draft.title,
    )  # fmt: skip


def _changed(request: HttpRequest, draft: EnteredProgramme, told: Row, rows: list[Row]) -> None:
    """Write with the version the form was opened with."""
    actions.change(act_of(request), entered=draft, version=_version(request), header=told, rows=rows)


def _version(request: HttpRequest) -> int:
    given = request.POST.get("version", "")
    return int(given) if given.isdecimal() and len(given) < 9 else -1


@require_POST
@requires(CHANGE)
def remove(request: HttpRequest, public_id: str, at: int) -> HttpResponse:
    """Take a row out; a heading only when nothing stands under it."""
    draft = draft_or_404(request, public_id)
    if at >= len(draft.rows):
        raise Http404
    gone = draft.rows[at].get("id", "")
    rows = [*draft.rows[:at], *draft.rows[at + 1 :]]
    actions.change(act_of(request), entered=draft, version=_version(request), header=draft.header, rows=rows)
    say(request, _("Đã bỏ dòng %(id)s.") % {"id": gone})
    return redirect("programme:draft", public_id=public_id)


@require_POST
@requires(CHANGE)
def issue(request: HttpRequest, public_id: str) -> HttpResponse:
    """Put a draft in force."""
    draft = get_object_or_404(own(actor_of(request)), public_id=public_id.replace("\x00", ""))
    form = IssueForm(request.POST)
    if form.is_valid():
        try:
            actions.issue(act_of(request), entered=draft, version=_version(request), **form.cleaned_data)
        except Rejected as error:
            apply_problems(form, error)
        except Conflict as error:
            form.add_error(None, str(error))
        else:
            say(request, _("Kế hoạch đã có hiệu lực."))
            return redirect("programme:plan", code=draft.code)
    return form_page(
        request, form, title=_("Ban hành kế hoạch"), back=reverse("programme:draft", args=[public_id]),
        template="programme/draft_form.html", version=draft.version, subtitle=draft.title,
    )  # fmt: skip


@require_POST
@requires(CHANGE)
def drop(request: HttpRequest, public_id: str) -> HttpResponse:
    """Throw a draft away."""
    draft = draft_or_404(request, public_id)
    actions.drop(act_of(request), entered=draft, version=_version(request))
    say(request, _("Đã bỏ bản soạn."))
    return redirect("programme:list")


@requires(CHANGE)
def revise(request: HttpRequest, code: str) -> HttpResponse:
    """Open the draft of the next edition: asked first, so that looking at the address changes nothing."""
    entered = get_object_or_404(own(actor_of(request)), code=code, state=State.ISSUED)
    draft = EnteredProgramme.objects.filter(code=code, state=State.DRAFT).first()
    if draft is None and request.method != "POST":
        return render(request, "programme/revise.html", {"title": _("Sửa, thay thế kế hoạch"), "entered": entered})
    draft = draft or actions.revise(act_of(request), entered=entered)
    return redirect("programme:draft", public_id=draft.public_id)
