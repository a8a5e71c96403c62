"""The report: one question a page; sent by the page itself, or by the telephone's queue with a key made there."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from atvsld.casework.accidents.declarations import queries, sealing
from atvsld.casework.accidents.declarations.actions import discard_draft, receive, save_draft
from atvsld.casework.accidents.declarations.models import Declaration
from atvsld.casework.accidents.declarations.policy import CREATE
from atvsld.kit.ids import is_ulid, new_ulid
from atvsld.platform import vault
from atvsld.platform.acts import Act, Conflict, Refused, Rejected, clock
from atvsld.platform.ui.pages import act_of, actor_of, apply_problems, requires
from atvsld.portals.commune import words
from atvsld.portals.commune.forms import ReportForm, as_form_data

OWNER = "X-Queue-Owner"


@requires(CREATE)
def report(request: HttpRequest) -> HttpResponse:
    """All questions in one page, so that a telephone that has it can ask them without a line.

    With scripts one question is shown at a time; without, the same form is filled in from top to bottom.
    """
    today = clock.local_day(request.now)  # type: ignore[attr-defined]
    asked = request.GET.get("phieu", "")
    key = request.POST.get("key", "") if request.method == "POST" else asked
    key = key if is_ulid(key) else new_ulid()
    kept = _kept(request, key) if request.method != "POST" and asked else {}
    form = _form(request, request.POST if request.method == "POST" else None, initial=_initial(request))
    conflict = ""
    if request.method == "POST" and form.is_valid():
        try:
            made = receive(act_of(request), key=key, notice=form.notice())
        except Rejected as error:
            apply_problems(form, error)
        except Conflict as error:
            conflict = str(error)
        else:
            return redirect("commune:sent", made.public_id)
    context = {
        "title": _("Báo tai nạn"), "form": form, "key": key, "kept": kept, "conflict": conflict,
        "communes": form.communes(), "chosen": _place(form), "employed": words.EMPLOYED, "sources": words.SOURCES,
        "injuries": words.injuries(today), "agents": words.agents(today), "causes": words.causes(today),
        "today": today.isoformat(), "now": timezone.localtime(request.now).strftime("%H:%M"),  # type: ignore[attr-defined]
    }  # fmt: skip
    status = 409 if conflict else 422 if form.errors else 200
    return render(request, "commune/report.html", context, status=status)


@require_POST
def send(request: HttpRequest) -> JsonResponse:
    """One notice from a telephone's queue: the same key again gives the same answer.

    401 when nobody is signed in, 409 when the queue belongs to somebody else or the key says something else, 422
    with sentences when the answers break rules. The telephone keeps the notice on all of them.
    """
    if not request.user.is_authenticated:
        return _told(401, _("Phiên đăng nhập đã hết."))
    if request.headers.get(OWNER, "") != request.user.public_id:
        return _told(409, _("Phiếu này do người khác viết trên máy này."), code="other_person")
    try:
        stated = json.loads(request.body)
        key, fields = str(stated["key"]), dict(stated["fields"])
    except (ValueError, KeyError, TypeError):
        return _told(400, _("Không đọc được phiếu."))
    form = _form(request, as_form_data(fields))
    if not form.is_valid():
        return _told(422, *_sentences(form))
    return _received(request, key, form)


def _received(request: HttpRequest, key: str, form: ReportForm) -> JsonResponse:
    try:
        made = receive(act_of(request), key=key, notice=form.notice())
    except Rejected as error:
        return _told(422, *map(str, error.problems))
    except Refused as error:
        return _told(403, *error.reasons)
    except Conflict as error:
        return _told(409, str(error), code="different")
    url = reverse("commune:sent", args=[made.public_id])
    answer = JsonResponse({"number": made.number, "url": url, "code": made.receipt.grouped})
    answer["Cache-Control"] = "no-store"
    return answer


def _sentences(form: ReportForm) -> list[str]:
    """What is wrong, each with the name of its question."""
    return [
        f"{form.fields[name].label}: {error}" if name in form.fields else str(error)
        for name, errors in form.errors.items()
        for error in errors
    ]


@requires(CREATE)
def drafts(request: HttpRequest) -> JsonResponse:
    """Keep or throw away one's own draft: `{key, step, saved_at, fields}`, or `{key, discard: true}`."""
    if request.method != "POST":
        return _told(405, _("Chỉ nhận phiếu gửi lên."))
    try:
        stated = json.loads(request.body)
        key, step = str(stated["key"]), str(stated.get("step", ""))
        fields = {str(name): value for name, value in dict(stated.get("fields", {})).items()}
    except (ValueError, KeyError, TypeError):
        return _told(400, _("Không đọc được phiếu."))
    act: Act = act_of(request)
    try:
        if stated.get("discard"):
            discard_draft(act, key=key)
            return JsonResponse({"kept": False})
        saved = _moment(stated.get("saved_at")) or act.at
        kept = save_draft(act, key=key, step=step, fields=fields, saved_at=saved)
    except Rejected as error:
        return _told(422, *map(str, error.problems))
    except Refused as error:
        return _told(403, *error.reasons)
    return JsonResponse({"kept": kept, "sent": Declaration.objects.filter(public_id=key).exists()})


def _form(request: HttpRequest, data: Any = None, **kwargs: Any) -> ReportForm:
    today = clock.local_day(request.now)  # type: ignore[attr-defined]
    return ReportForm(data, actor=actor_of(request), today=today, **kwargs)


def _initial(request: HttpRequest) -> dict[str, Any]:
    now = timezone.localtime(request.now)  # type: ignore[attr-defined]
    return {"day": now.date(), "hour": now.strftime("%H:%M"), "source": "family", "employed": "self"}


def _place(form: ReportForm) -> int | None:
    """The commune chosen already: the only one, or what was sent."""
    if form.is_bound:
        sent = form.data.get("place_code", "")
        return int(sent) if str(sent).isdigit() else None
    communes = form.communes()
    return communes[0][0] if len(communes) == 1 else None


def _kept(request: HttpRequest, key: str) -> dict[str, Any]:
    """What was saved of a draft, opened for the one who wrote it."""
    held = queries.drafts_of(request.user.pk).filter(key=key).first()
    if held is None:
        return {}
    try:
        fields = json.loads(vault.unseal(held.sealed, purpose=sealing.DRAFT))
    except vault.CannotOpen:
        return {}
    return {"key": held.key, "step": held.step, "saved_at": held.saved_at.isoformat(), "fields": fields}


def _moment(text: Any) -> datetime | None:
    try:
        found = parse_datetime(str(text or ""))
    except ValueError:
        return None
    return found if found is not None and timezone.is_aware(found) else None


def _told(status: int, *sentences: str, code: str = "") -> JsonResponse:
    answer = JsonResponse({"problems": list(sentences), "code": code}, status=status)
    answer["Cache-Control"] = "no-store"
    return answer
