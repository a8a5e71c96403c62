"""Commendations by page: each page fetches through the scope, calls one action, answers."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from atvsld.casework.merits import actions
from atvsld.casework.merits.criteria import load_criteria
from atvsld.casework.merits.models import Commendation
from atvsld.casework.merits.policy import CHANGE, DECIDE
from atvsld.casework.merits.web import forms
from atvsld.casework.merits.web.pages import answers, commendation_or_404
from atvsld.kit.ids import is_ulid, new_ulid
from atvsld.platform.acts import clock
from atvsld.platform.ui.pages import act_by_form, act_of, actor_of, requires
from atvsld.registers.ledgers.reach import Owner, body_owner, establishment_owner, owners

TEMPLATE = "merits/form.html"


@requires(CHANGE)
def new(request: HttpRequest) -> HttpResponse:
    """A new proposal. The key made with the page makes sending twice harmless."""
    given = request.POST.get("key", "")
    key = given if is_ulid(given) else new_ulid()
    mine = owners(actor_of(request), CHANGE)
    form = forms.CommendationForm(
        request.POST or None, actor=actor_of(request), today=_today(request), owners=mine,
        initial={"year": _today(request).year},
    )  # fmt: skip
    made: list[Commendation] = []
    return act_by_form(
        request, form,
        lambda: made.append(
            actions.propose(act_of(request), key=key, owner=form.chosen_owner(), draft=form.draft())
        ),
        title=_("Đề nghị khen thưởng"), back=reverse("merits:list"), then=lambda: _url(made[0]), template=TEMPLATE,
        key=key, naming=True, criteria=load_criteria(),
    )  # fmt: skip


@requires(CHANGE)
def change(request: HttpRequest, public_id: str) -> HttpResponse:
    """What a proposal says, while it was not sent."""
    record = commendation_or_404(actor_of(request), public_id, CHANGE)
    owner = _owner(record)
    form = forms.CommendationForm(
        request.POST or None, actor=actor_of(request), today=_today(request), owners=[owner],
        initial=forms.CommendationForm.stated_by(record) | {"owner": owner.key},
    )  # fmt: skip
    return _act(
        request, form, record, _("Sửa đề nghị khen thưởng"),
        lambda version: actions.change(act_of(request), commendation=record, version=version, draft=form.draft()),
        naming=True,
    )  # fmt: skip


@requires(CHANGE)
def send(request: HttpRequest, public_id: str) -> HttpResponse:
    """The answers of the registers are shown; then the proposal goes."""
    record = commendation_or_404(actor_of(request), public_id, CHANGE)
    form = forms.SendForm(request.POST if request.method == "POST" else None)
    return _act(
        request, form, record, _("Gửi đề nghị khen thưởng"),
        lambda version: actions.send(act_of(request), commendation=record, version=version),
        checked=answers(record, _today(request)), submit_label=_("Gửi đề nghị"),
    )  # fmt: skip


@requires(DECIDE)
def decide(request: HttpRequest, public_id: str) -> HttpResponse:
    """The decision, beside the answers of today."""
    record = commendation_or_404(actor_of(request), public_id, DECIDE)
    form = forms.DecisionForm(request.POST or None)
    return _act(
        request, form, record, _("Ghi quyết định khen thưởng"),
        lambda version: actions.decide(
            act_of(request), commendation=record, version=version, decided=form.decided()
        ),
        checked=answers(record, _today(request)),
    )  # fmt: skip


@requires(CHANGE)
def withdraw(request: HttpRequest, public_id: str) -> HttpResponse:
    """Take a proposal back."""
    record = commendation_or_404(actor_of(request), public_id, CHANGE)
    form = forms.WhyForm(request.POST or None)
    return _act(
        request, form, record, _("Rút đề nghị khen thưởng"),
        lambda version: actions.withdraw(
            act_of(request), commendation=record, version=version, why=form.cleaned_data["why"]
        ),
    )  # fmt: skip


def _act(
    request: HttpRequest, form: Any, record: Commendation, title: str, run: Callable[[int], Any], **shown: Any
) -> HttpResponse:
    """Run one action with the version the page was drawn from."""
    version = request.POST.get("version") or str(record.version)
    return act_by_form(
        request, form, lambda: run(int(version) if version.isdecimal() else 0), title=title, back=_url(record),
        template=TEMPLATE, version=version, record=record, criteria=load_criteria(), **shown,
    )  # fmt: skip


def _owner(record: Commendation) -> Owner:
    """In whose name it is proposed: that never changes."""
    if record.body is not None:
        return body_owner(record.body)
    assert record.establishment is not None  # the database lets a record be of one or the other
    return establishment_owner(record.establishment)


def _url(record: Commendation) -> str:
    return reverse("merits:commendation", args=[record.public_id])


def _today(request: HttpRequest) -> Any:
    return clock.local_day(request.now)  # type: ignore[attr-defined]
