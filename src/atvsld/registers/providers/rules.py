"""What must hold for a provider and its papers."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.utils.translation import gettext as _
from stdnum.vn import mst

from atvsld.kit.dated import NotInForce
from atvsld.kit.outcome import Problem, Severity
from atvsld.law.providers import ProviderKind, load_provider_rules
from atvsld.registers.providers.drafts import ProviderDraft, QualificationDraft, columns


def check_provider(draft: ProviderDraft) -> Iterator[Problem]:
    """Problems of a provider's facts."""
    if not draft.name.strip():
        yield Problem("name_missing", _("Chưa có tên tổ chức."), _("Ghi tên theo giấy tờ."), column="name")
    code = columns(draft)["tax_code"]
    if code and not mst.is_valid(code):
        message = _("Mã số thuế “%(code)s” không đúng.") % {"code": draft.tax_code}
        yield Problem("tax_code", message, _("Đối chiếu lại, hoặc để trống nếu chưa rõ."), column="tax_code")


def check_qualification(draft: QualificationDraft, *, on: date) -> Iterator[Problem]:
    """Problems of a paper; what the law asked for on its first day is a warning, since registers hold errors too."""
    rule = load_provider_rules().kinds[ProviderKind(draft.kind)]
    if draft.class_name not in rule.classes:
        named = ", ".join(filter(None, rule.classes))
        message = _("Dịch vụ này không có hạng “%(name)s”.") % {"name": draft.class_name or "…"}
        remedy = _("Chọn một trong các hạng: %(names)s.") % {"names": named} if named else _("Để trống hạng.")
        yield Problem("class_name", message, remedy, column="class_name", value=draft.class_name)
        return
    for code in draft.scopes:
        if code not in rule.scopes:
            message = _("Phạm vi “%(code)s” không thuộc dịch vụ này.") % {"code": code}
            yield Problem("scope", message, _("Chọn lại phạm vi."), column="scopes", value=code)
    covers = rule.classes[draft.class_name].covers
    if covers and (beyond := set(draft.scopes) - covers):
        message = _("Hạng %(name)s không gồm: %(codes)s.") % {
            "name": draft.class_name,
            "codes": ", ".join(rule.scopes[code].vi for code in sorted(beyond) if code in rule.scopes),
        }
        yield Problem("scope_beyond_class", message, _("Đối chiếu lại với giấy tờ."), column="scopes")
    if draft.valid_to and draft.valid_to < draft.valid_from:
        yield Problem("days", _("Ngày hết hiệu lực trước ngày bắt đầu."), column="valid_to")
    if draft.valid_from > on:
        message = _("Giấy tờ bắt đầu có hiệu lực sau hôm nay.")
        yield Problem("future", message, column="valid_from", severity=Severity.WARN)
    yield from _check_form(draft)


def _check_form(draft: QualificationDraft) -> Iterator[Problem]:
    try:
        regime = load_provider_rules().regime(ProviderKind(draft.kind), draft.valid_from, draft.class_name)
    except NotInForce:
        message = _("Bộ pháp luật không có chế độ của dịch vụ này vào ngày bắt đầu hiệu lực.")
        yield Problem("regime_unknown", message, column="valid_from", severity=Severity.NOTE)
        return
    if regime.value.form.value != draft.form:
        message = _("Vào ngày bắt đầu hiệu lực, pháp luật đòi “%(form)s” (%(source)s).") % {
            "form": regime.value.form.label_vi,
            "source": str(regime.citation),
        }
        yield Problem("form", message, _("Đối chiếu lại loại giấy tờ."), column="form", severity=Severity.WARN)
