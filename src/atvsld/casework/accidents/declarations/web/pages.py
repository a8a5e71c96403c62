"""Pages of declarations for officers and employers: the list, one declaration, its full version."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.forms import BaseForm
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from atvsld.casework.accidents import codes
from atvsld.casework.accidents.actions import read_identities
from atvsld.casework.accidents.declarations import actions, legal, queries
from atvsld.casework.accidents.declarations.listing import DeclarationFilter, DeclarationTable
from atvsld.casework.accidents.declarations.models import Declaration
from atvsld.casework.accidents.declarations.panel import counts
from atvsld.casework.accidents.declarations.policy import CREATE, DECLARATIONS, READ, READ_REPORTER
from atvsld.casework.accidents.declarations.timing import timing
from atvsld.casework.accidents.declarations.web.forms import FullForm, PersonForm, PurposeForm
from atvsld.casework.accidents.models import Victim
from atvsld.casework.accidents.policy import CASES, CHANGE, READ_IDENTITY
from atvsld.casework.accidents.rules import AGENTS, CAUSES
from atvsld.kit.ids import is_ulid, new_ulid
from atvsld.law import load_book
from atvsld.platform.acts import Conflict, Rejected, clock
from atvsld.platform.history.timeline import timeline
from atvsld.platform.ui.formats_text import moment
from atvsld.platform.ui.listing import ListPage
from atvsld.platform.ui.pages import PageAction, act_of, actor_of, apply_problems, requires, say

MASKED = ("reporter_sealed", "persons_sealed", "sent_mark", "content", "content_hash", "recorded_by")
MOST_VICTIMS = 20


class DeclarationList(ListPage):
    """Declarations and notices, newest first."""

    permission = READ
    policy = DECLARATIONS
    model = Declaration
    table_class = DeclarationTable
    filter_class = DeclarationFilter
    title = gettext_lazy("Khai báo, tin báo")
    pretitle = gettext_lazy("Tai nạn lao động")
    search_help = gettext_lazy("Số khai báo, mã biên nhận, tên cơ sở hoặc mã số thuế")
    order = ("-received_at", "-pk")
    export_name = "khai-bao"
    empty_title = gettext_lazy("Chưa có khai báo, tin báo nào trong phạm vi của bạn")

    def get_queryset(self) -> QuerySet[Declaration]:
        newest = Declaration.objects.filter(superseded_by__isnull=True)
        return newest.select_related("case", "place", "establishment")

    def search(self, queryset: QuerySet[Any], text: str) -> QuerySet[Any]:
        return queries.search(queryset, text)

    def actions(self) -> list[PageAction]:
        found = []
        if self.actor.may(CHANGE) and queries.hears_everyone(self.actor):
            found.append(PageAction(_("Tin báo nghi trùng"), reverse("accident_declarations:matches"), "copy"))
        if self.actor.may(CREATE):
            url = reverse("accident_declarations:new")
            found.append(PageAction(_("Khai báo tai nạn"), url, "plus", primary=True))
        return found


def declaration_or_404(request: HttpRequest, public_id: str, permission: str = READ) -> Declaration:
    """The declaration, when the person may see it."""
    found = queries.visible(actor_of(request), permission).filter(public_id=public_id.replace("\x00", ""))
    record = found.select_related("case", "place", "establishment", "receipt", "supersedes").first()
    if record is None:
        raise Http404
    return record


@requires(READ)
def declaration_page(request: HttpRequest, public_id: str) -> HttpResponse:
    """One declaration: what was told, when, how fast, and the receipt. Who told stays closed."""
    return _shown(request, declaration_or_404(request, public_id))


@require_POST
@requires(READ_REPORTER)
def reporter(request: HttpRequest, public_id: str) -> HttpResponse:
    """Who told, for this one view, once the purpose is said and recorded."""
    record = declaration_or_404(request, public_id)
    form = PurposeForm(request.POST)
    if not form.is_valid():
        return _shown(request, record, reporter_form=form, status=422)
    told = actions.read_reporter(act_of(request, form.cleaned_data["purpose"]), declaration=record)
    return _closed(_shown(request, record, told=told))


@require_POST
@requires(READ_IDENTITY)
def persons(request: HttpRequest, public_id: str) -> HttpResponse:
    """The victims as told, for this one view, once the purpose is said and recorded."""
    record = declaration_or_404(request, public_id)
    form = PurposeForm(request.POST)
    if not form.is_valid():
        return _shown(request, record, persons_form=form, status=422)
    hurt = actions.read_persons(act_of(request, form.cleaned_data["purpose"]), declaration=record)
    return _closed(_shown(request, record, hurt=hurt))


def _closed(response: HttpResponse) -> HttpResponse:
    response["Cache-Control"] = "no-store"
    return response


def _shown(request: HttpRequest, record: Declaration, *, status: int = 200, **extra: Any) -> HttpResponse:
    actor = actor_of(request)
    thread = queries.visible(actor).filter(root=record.root).order_by("version").select_related("receipt")
    newest = not Declaration.objects.filter(supersedes=record).exists()
    template = legal.template_on(record.kind, clock.local_day(record.received_at))
    may_reporter = bool(record.reporter_sealed) and bool(DECLARATIONS.decide(actor, READ_REPORTER, record))
    may_persons = bool(record.persons_sealed) and bool(DECLARATIONS.decide(actor, READ_IDENTITY, record))
    context = {
        "title": _("Khai báo %(number)s") % {"number": record.number},
        "record": record,
        "facts": _facts(record),
        "details": _details(record),
        "instants": _instants(record),
        "timing": timing(load_book(), record),
        "legal": legal.kinds()[record.kind],
        "template": template,
        "protection": legal.protection(),
        "thread": list(thread),
        "may_reporter": may_reporter,
        "may_persons": may_persons,
        "reporter_form": PurposeForm(auto_id="nguoi-bao_%s"),
        "persons_form": PurposeForm(auto_id="nguoi-bi-nan_%s"),
        "page_actions": _actions(request, record) if newest else [],
        "history": timeline(record, masked=MASKED),
    }
    return render(request, "accident_declarations/declaration.html", context | extra, status=status)


def _actions(request: HttpRequest, record: Declaration) -> list[PageAction]:
    if not DECLARATIONS.decide(actor_of(request), CREATE, record):
        return []
    label = _("Bổ sung khai báo") if record.stage == Declaration.Stage.FULL else _("Khai báo đầy đủ")
    return [PageAction(label, reverse("accident_declarations:full", args=[record.public_id]), "pencil", primary=True)]


def _facts(record: Declaration) -> list[tuple[str, Any]]:
    told, day = record.content, clock.local_day(record.occurred_at)
    return [
        (_("Loại tin"), record.get_kind_display()),
        (_("Hình thức"), record.get_channel_display()),
        (_("Nơi xảy ra"), ", ".join(filter(None, [told.get("spot", ""), record.place.name]))),
        (_("Cơ sở"), record.establishment or record.establishment_text or _("không có cơ sở")),
        (_("Người bị nạn"), counts(record)),
        (_("Nguyên nhân"), codes.label(CAUSES, told.get("cause_code"), day)),
        (_("Yếu tố gây chấn thương"), codes.label(AGENTS, told.get("injury_agent_code"), day)),
    ]


def _instants(record: Declaration) -> list[tuple[str, Any]]:
    return [
        (_("Xảy ra"), moment(record.occurred_at)),
        (_("Biết tin"), moment(record.known_at) if record.known_at else ""),
        (_("Báo"), moment(record.notified_at)),
        (_("Nhận"), moment(record.received_at)),
    ]


def _details(record: Declaration) -> list[tuple[str, Any]]:
    labels = {
        "work": _("Công việc đang làm khi bị nạn"), "scene_kept": _("Hiện trường"),
        "upper_body": _("Cơ quan quản lý cấp trên"), "measures": _("Đã xử lý thế nào"),
        "witnesses": _("Có người làm chứng"), "employed_by_kind": _("Người bị nạn làm cho ai"),
    }  # fmt: skip
    told = record.content.get("details", {})
    return [(label, told[name]) for name, label in labels.items() if told.get(name) not in (None, "")]


@requires(CREATE)
def full(request: HttpRequest, public_id: str) -> HttpResponse:
    """The full declaration, begun from all that is known: nothing is typed twice."""
    record = declaration_or_404(request, public_id, CREATE)
    actor, day = actor_of(request), clock.local_day(record.occurred_at)
    victims = _victims(request, record)
    form = FullForm(request.POST or None, actor=actor, day=day, initial=FullForm.stated_by(record))
    people = [
        PersonForm(request.POST or None, day=day, held=held, prefix=f"nguoi{n}", initial=PersonForm.stated_by(held))
        for n, held in enumerate(victims, start=1)
    ]
    key = request.POST.get("key", "") if request.method == "POST" else new_ulid()
    conflict = ""
    if request.method == "POST" and all([form.is_valid(), *(person.is_valid() for person in people)]):
        notice = form.notice(record, tuple(person.draft() for person in people))
        changes = bool(record.case and CASES.decide(actor, CHANGE, record.case))
        try:
            made = actions.correct(
                act_of(request), key=key if is_ulid(key) else new_ulid(), earlier=record, notice=notice,
                case_version=form.cleaned_data["case_version"] if changes else None,
            )  # fmt: skip
        except Rejected as error:
            _place(form, people, error)
        except Conflict as error:
            conflict = str(error)
        else:
            say(request, _("Đã nhận khai báo %(number)s.") % {"number": made.number})
            return redirect("accident_declarations:declaration", made.public_id)
    template = legal.template_on(record.kind, clock.local_day(request.now))  # type: ignore[attr-defined]
    context = {
        "title": _("Khai báo đầy đủ"), "pretitle": record.number, "form": form, "people": people, "key": key,
        "record": record, "conflict": conflict, "template": template,
    }  # fmt: skip
    status = 409 if conflict else 422 if form.is_bound else 200
    return _closed(render(request, "accident_declarations/full.html", context, status=status))


def _victims(request: HttpRequest, record: Declaration) -> list[Victim]:
    """The case's victims; showing their names again is a reading and recorded as one."""
    if record.case is None:
        return []
    held = list(record.case.victims.order_by("position")[:MOST_VICTIMS])
    may = bool(CASES.decide(actor_of(request), READ_IDENTITY, record.case))
    if any(victim.name for victim in held):
        if not may:
            raise Http404
        if request.method == "GET":
            read_identities(act_of(request, _("Khai báo đầy đủ")), cases=[record.case])
    return held


def _place(form: FullForm, people: list[PersonForm], error: Rejected) -> None:
    """Problems with a row speak of that victim, the others of the case."""
    for number, person in enumerate(people, start=1):
        apply_problems(person, Rejected(problem for problem in error.problems if problem.row == number))
    rest: BaseForm = form
    apply_problems(rest, Rejected(problem for problem in error.problems if not problem.row))
