"""The desk of yearly reports: one's own to begin, all those in reach, and who has not reported."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.db.models import Count, Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from atvsld.kit.ids import new_ulid
from atvsld.oversight.yearly import actions, filings, listing, plans, queries
from atvsld.oversight.yearly.listing import ReportFilter, ReportTable
from atvsld.oversight.yearly.models import YearReport
from atvsld.oversight.yearly.policy import CHANGE, OVERSEE, READ
from atvsld.platform.access.actor import Actor
from atvsld.platform.acts import clock
from atvsld.platform.ui.form_fields import DayField
from atvsld.platform.ui.listing import ListPage
from atvsld.platform.ui.pages import PageAction, act_by_form, act_of, actor_of, requires
from atvsld.registers.bodies.models import Body, BodyFunction
from atvsld.registers.bodies.queries import in_force
from atvsld.registers.establishments.models import Establishment

MOST_OWNERS = 12


class ReportList(ListPage):
    """See the module's text."""

    permission = READ
    model = YearReport
    template_name = "yearly/list.html"
    table_class = ReportTable
    filter_class = ReportFilter
    title = _("Báo cáo năm về kế hoạch")
    order = ("-year", "-first_sent_at", "-pk")
    search_help = _("Tên đơn vị báo cáo")
    export_name = "bao-cao-nam-ke-hoach"
    open_filters = 4
    empty_title = _("Chưa có báo cáo nào trong phạm vi của bạn")

    def get_queryset(self) -> QuerySet[YearReport]:
        claimed = Q(sentences__dropped=False, sentences__proven__isnull=False)
        return queries.visible(self.actor).annotate(
            claims=Count("sentences", filter=claimed),
            bare=Count("sentences", filter=claimed & Q(sentences__proven=False)),
        )

    def search(self, queryset: QuerySet[Any], text: str) -> QuerySet[Any]:
        return listing.search(queryset, text)

    def actions(self) -> list[PageAction]:
        if not self.actor.may(OVERSEE):
            return []
        return [PageAction(_("Báo cáo theo yêu cầu"), reverse("yearly:on_request"), "plus")]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        today = clock.local_day(self.request.now)  # type: ignore[attr-defined]
        year = chosen_year(self.request.GET.get("year", ""), today)
        shown: dict[str, Any] = {"year_shown": year, "begin": begun_by(self.actor, year, today)}
        if self.actor.may(OVERSEE):
            shown |= _state_of(year, today)
            shown["waiting"] = list(queries.to_decide(self.actor).filter(year=year)[:50])
        return super().get_context_data(**shown, **kwargs)


def chosen_year(text: str, today: date) -> int:
    """The year asked for; else the one whose reports are due next: last year until summer, this year after."""
    if text.isascii() and text.isdecimal() and 2020 <= int(text) <= today.year:
        return int(text)
    return today.year - 1 if today.month < 11 else today.year


def begun_by(actor: Actor, year: int, today: date) -> list[dict[str, Any]]:
    """Whom the person reports for, each with the report of the year when it was begun."""
    found: list[dict[str, Any]] = []
    for owner, kind in owners(actor, year, today):
        name = "establishment" if kind == "establishment" else "body"
        held = YearReport.objects.filter(programme=plans.USUAL, year=year, kind=kind, **{name: owner}).first()
        due = None
        if kind != "establishment":
            term = filings.term_of(plans.USUAL, year, standing=kind == "standing")
            due = term.due_before if term else None
        label = YearReport.Kind(kind).label
        found.append({"owner": owner, "kind": kind, "label": label, "report": held, "due": due})
    return found


def owners(actor: Actor, year: int, today: date) -> list[tuple[Any, str]]:
    """The bodies and establishments the person reports for in a year: those that stood at its end, or stand today."""
    bodies: set[int] = set()
    firms: set[int] = set()
    for scope in actor.scopes(CHANGE):
        if scope.dimension == "body":
            bodies |= set(scope.ids)
        elif scope.dimension == "establishment":
            firms |= set(scope.ids)
    end = min(date(year, 12, 31), today)
    standing = Body.objects.filter(in_force(end), pk__in=bodies).order_by("code")[:MOST_OWNERS]
    leads = set(
        BodyFunction.objects.filter(in_force(end), body__in=bodies, function="osh_lead").values_list(
            "body_id", flat=True
        )
    )
    found: list[tuple[Any, str]] = []
    for body in standing:
        if body.pk in leads and actor.may(OVERSEE):
            found.append((body, "standing"))
        if body.pk not in leads or set(body.functions.values_list("function", flat=True)) - {"osh_lead"}:
            found.append((body, "body"))
    found += [(firm, "establishment") for firm in Establishment.objects.filter(pk__in=firms)[:MOST_OWNERS]]
    return found


def _state_of(year: int, today: date) -> dict[str, Any]:
    """How many owe, sent, are late, and who is missing."""
    expected = filings.expected(plans.USUAL, year, today=today)
    sent = [one for one in expected if one.state in filings.IN]
    waiting = [one for one in expected if one.state not in filings.IN]
    together = filings.local(waiting, date(year, 12, 31))
    term = filings.term_of(plans.USUAL, year)
    return {
        "term": term,
        "expected": len(expected),
        "sent": len(sent),
        "late": sum(one.late for one in sent),
        "missing": [one for one in waiting if one.pk not in together],
        "missing_local": [one for one in waiting if one.pk in together],
        "board": reverse("obligations:report", args=[plans.BODIES_RULE, str(year)]) if term else "",
    }


@require_POST
@requires(CHANGE)
def begin(request: HttpRequest) -> HttpResponse:
    """Begin a yearly report, or come back to it."""
    text, kind = request.POST.get("year", ""), request.POST.get("kind", "")
    year = int(text) if text.isascii() and text.isdecimal() and len(text) == 4 else 0
    key = request.POST.get("owner", "").replace("\x00", "")[:26]
    model: Any = Establishment if kind == "establishment" else Body
    owner = model.objects.filter(public_id=key).first()
    if owner is None or kind not in {"body", "standing", "establishment"}:
        raise Http404
    named = {"establishment": owner} if kind == "establishment" else {"body": owner}
    report = actions.open_report(
        act_of(request), programme=request.POST.get("programme") or plans.USUAL, year=year,
        standing=kind == "standing", **named,
    )  # fmt: skip
    return redirect("yearly:report", report.public_id)


class RequestForm(forms.Form):
    """What a higher body asked for."""

    key = forms.CharField(widget=forms.HiddenInput)
    body = forms.ChoiceField(label=_("Đơn vị lập"))
    title = forms.CharField(label=_("Trích yếu"), max_length=300, widget=forms.Textarea(attrs={"rows": 2}))
    addressed_to = forms.CharField(label=_("Kính gửi"), max_length=300, required=False)
    start = DayField(label=_("Từ ngày"))
    end = DayField(label=_("Đến hết ngày"))
    clauses = forms.MultipleChoiceField(
        label=_("Chỉ các mục"), required=False, widget=forms.SelectMultiple(attrs={"size": 8}),
        help_text=_("Để trống: mọi nội dung của kế hoạch."),
    )  # fmt: skip
    bodies = forms.MultipleChoiceField(
        label=_("Chỉ các đơn vị"), required=False, widget=forms.SelectMultiple(attrs={"size": 8}),
        help_text=_("Để trống: mọi đơn vị."),
    )  # fmt: skip

    def __init__(self, *args: Any, owned: list[Body], year: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        programme = plans.plan_of(plans.USUAL, date(year, 12, 31))
        sections = [one for one in programme.sections if one.id.startswith(("III.", "IV."))] if programme else []
        term = filings.term_of(plans.USUAL, year)
        owing = filings.expected(plans.USUAL, year, today=date(year, 12, 31)) if term else []
        fields: Any = self.fields
        fields["body"].choices = [(one.public_id, one.name) for one in owned]
        fields["clauses"].choices = [(f"{one.id}.", f"{one.id} {one.title.vi}") for one in sections]
        fields["bodies"].choices = [(str(one.pk), one.name) for one in owing]


@requires(OVERSEE)
def on_request(request: HttpRequest) -> HttpResponse:
    """A report beside the yearly ones, on what was asked."""
    actor, today = actor_of(request), clock.local_day(request.now)  # type: ignore[attr-defined]
    owned = [owner for owner, kind in owners(actor, today.year, today) if kind == "standing"]
    initial = {"key": new_ulid(), "start": date(today.year, 1, 1), "end": today}
    form = RequestForm(request.POST or None, initial=initial, owned=owned, year=today.year)
    made: list[YearReport] = []

    def act() -> None:
        held = form.cleaned_data
        body = next(one for one in owned if one.public_id == held["body"])
        # A section's own clauses bear its id: III.1 → III.1a …
        wanted = actions.Request(
            held["key"], held["title"], held["start"], held["end"],
            tuple(one.removesuffix(".") for one in held["clauses"]), tuple(int(one) for one in held["bodies"]),
            held["addressed_to"],
        )  # fmt: skip
        made.append(actions.open_on_request(act_of(request), programme=plans.USUAL, body=body, request=wanted))

    return act_by_form(
        request, form, act, title=_("Báo cáo theo yêu cầu"), back=reverse("yearly:list"),
        then=lambda: reverse("yearly:report", args=[made[0].public_id]), submit_label=_("Soạn từ hồ sơ"),
    )  # fmt: skip
