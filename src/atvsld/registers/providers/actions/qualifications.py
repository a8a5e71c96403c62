"""Papers, suspensions and people of a service provider."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date

from django.utils.translation import gettext as _

from atvsld.kit.outcome import Problem, Severity
from atvsld.platform.acts import Act, Conflict, Rejected, action
from atvsld.registers.providers import rules
from atvsld.registers.providers.drafts import QualificationDraft
from atvsld.registers.providers.models import (
    ProviderPerson,
    ProviderQualification,
    ProviderSuspension,
    ServiceProvider,
)
from atvsld.registers.providers.policy import CHANGE, PROVIDERS


@action(needs=CHANGE, records="providers:provider_qualification:added")
def add_qualification(act: Act, *, provider: ServiceProvider, draft: QualificationDraft) -> ProviderQualification:
    """Record a paper. `Rejected` when class, scope or days cannot be."""
    PROVIDERS.require(act.actor, CHANGE, provider)
    problems = rules.check_qualification(draft, on=act.day)
    if blocking := [item for item in problems if item.severity is Severity.BLOCK]:
        raise Rejected(blocking)
    values = asdict(draft) | {"scopes": sorted(set(draft.scopes))}
    return ProviderQualification.objects.create(provider=provider, **values)


@action(needs=CHANGE, records="providers:provider_qualification:withdrawn")
def withdraw_qualification(act: Act, *, qualification: ProviderQualification, on: date) -> ProviderQualification:
    """The paper is worth nothing from a day on. `Conflict` when it was withdrawn already."""
    PROVIDERS.require(act.actor, CHANGE, qualification.provider)
    if on < qualification.valid_from:
        raise Rejected([Problem("days", _("Ngày thu hồi trước ngày giấy tờ có hiệu lực."), column="withdrawn_on")])
    held = ProviderQualification.objects.filter(pk=qualification.pk, withdrawn_on__isnull=True)
    if not held.update(withdrawn_on=on):
        raise Conflict(_("Giấy tờ này đã được ghi thu hồi."))
    qualification.refresh_from_db()
    return qualification


@action(needs=CHANGE, records="providers:provider_suspension:recorded")
def suspend(
    act: Act,
    *,
    provider: ServiceProvider,
    starts_on: date,
    decision: str,
    ends_on: date | None = None,
    kind: str = "",
    grounds: str = "",
) -> ProviderSuspension:
    """Record that an authority stopped the provider; `ends_on` is the last day, `kind` empty for all its services."""
    PROVIDERS.require(act.actor, CHANGE, provider)
    problems = []
    if ends_on is not None and ends_on < starts_on:
        problems.append(Problem("days", _("Ngày kết thúc trước ngày bắt đầu đình chỉ."), column="ends_on"))
    if not decision.strip():
        problems.append(Problem("decision", _("Chưa ghi quyết định đình chỉ."), column="decision"))
    if problems:
        raise Rejected(problems)
    return ProviderSuspension.objects.create(
        provider=provider,
        kind=kind,
        starts_on=starts_on,
        ends_on=ends_on,
        decision=decision.strip(),
        grounds=grounds.strip(),
    )


@action(needs=CHANGE, records="providers:provider_suspension:ended")
def end_suspension(act: Act, *, suspension: ProviderSuspension, ends_on: date) -> ProviderSuspension:
    """State the last day of a suspension."""
    PROVIDERS.require(act.actor, CHANGE, suspension.provider)
    if ends_on < suspension.starts_on:
        raise Rejected([Problem("days", _("Ngày kết thúc trước ngày bắt đầu đình chỉ."), column="ends_on")])
    ProviderSuspension.objects.filter(pk=suspension.pk).update(ends_on=ends_on)
    suspension.refresh_from_db()
    return suspension


@action(needs=CHANGE, records="providers:provider_person:added")
def add_person(
    act: Act,
    *,
    provider: ServiceProvider,
    kind: str,
    name: str,
    position: str = "",
    certificate_number: str = "",
    certificate_ends_on: date | None = None,
    started_on: date | None = None,
) -> ProviderPerson:
    """Record somebody who does the provider's professional work."""
    PROVIDERS.require(act.actor, CHANGE, provider)
    if not name.strip():
        raise Rejected([Problem("name_missing", _("Chưa có họ và tên."), column="name")])
    return ProviderPerson.objects.create(
        provider=provider,
        kind=kind,
        name=" ".join(name.split()),
        position=position.strip(),
        certificate_number=certificate_number.strip(),
        certificate_ends_on=certificate_ends_on,
        started_on=started_on,
    )


@action(needs=CHANGE, records="providers:provider_person:ended")
def end_person(act: Act, *, person: ProviderPerson, ended_on: date) -> ProviderPerson:
    """Record the last day on which somebody worked for the provider."""
    PROVIDERS.require(act.actor, CHANGE, person.provider)
    if person.started_on and ended_on < person.started_on:
        raise Rejected([Problem("days", _("Ngày thôi việc trước ngày vào làm."), column="ended_on")])
    ProviderPerson.objects.filter(pk=person.pk).update(ended_on=ended_on)
    person.refresh_from_db()
    return person
