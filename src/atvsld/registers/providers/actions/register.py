"""Registering and changing a service provider."""

from __future__ import annotations

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.translation import gettext as _

from atvsld.kit.outcome import Problem, Severity
from atvsld.platform.acts import Act, Conflict, Rejected, action
from atvsld.registers.providers import rules
from atvsld.registers.providers.drafts import ProviderDraft, columns
from atvsld.registers.providers.models import ServiceProvider
from atvsld.registers.providers.policy import CHANGE, PROVIDERS


@action(needs=CHANGE, records="providers:service_provider:registered")
def register_provider(act: Act, *, draft: ProviderDraft) -> ServiceProvider:
    """Add a provider. `Rejected` with the problems, `Refused` outside the area."""
    record = ServiceProvider(**columns(draft))
    PROVIDERS.require(act.actor, CHANGE, record)
    _require_sound(draft)
    try:
        with transaction.atomic():
            record.save(force_insert=True)
    except IntegrityError as error:
        raise _explained(error) from error
    return record


@action(needs=CHANGE, records="providers:service_provider:changed")
def change_provider(act: Act, *, provider: ServiceProvider, version: int, draft: ProviderDraft) -> ServiceProvider:
    """Replace the facts. `version` is the one the editor saw: `Conflict` when it is no longer current."""
    PROVIDERS.require(act.actor, CHANGE, provider)
    PROVIDERS.require(act.actor, CHANGE, ServiceProvider(pk=provider.pk, **columns(draft)))
    _require_sound(draft)
    held = ServiceProvider.objects.filter(pk=provider.pk, version=version)
    try:
        with transaction.atomic():
            changed = held.update(version=F("version") + 1, **columns(draft))
    except IntegrityError as error:
        raise _explained(error) from error
    if not changed:
        raise Conflict(
            _("%(name)s vừa được người khác sửa nên thay đổi của bạn chưa được ghi. Mở lại để xem bản mới.")
            % {"name": provider.name}
        )
    provider.refresh_from_db()
    return provider


def _require_sound(draft: ProviderDraft) -> None:
    if problems := [item for item in rules.check_provider(draft) if item.severity is Severity.BLOCK]:
        raise Rejected(problems)


def _explained(error: IntegrityError) -> Exception:
    if "tax_code" not in str(error):
        return error
    message = _("Mã số thuế này đã có trong danh sách tổ chức dịch vụ.")
    return Rejected([Problem("tax_code_taken", message, _("Tìm theo mã này rồi sửa."), column="tax_code")])
