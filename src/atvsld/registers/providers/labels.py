"""Codes of the register in words."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from atvsld.law.providers import ProviderKind, load_provider_rules

STATES: dict[str, tuple[str | Promise, str]] = {
    "active": (_("Đang hoạt động"), "success"),
    "expiring": (_("Sắp hết hiệu lực"), "warning"),
    "expired": (_("Hết hiệu lực"), "secondary"),
    "suspended": (_("Đang bị đình chỉ"), "danger"),
    "ceased": (_("Đã chấm dứt"), "secondary"),
    "doubtful": (_("Chưa đủ giấy tờ"), "warning"),
}


def scope(kind: str, code: str) -> str:
    """A scope in words, in the language of the page."""
    label = load_provider_rules().kinds[ProviderKind(kind)].scopes.get(code)
    if label is None:
        return code
    return (label.en or label.vi) if get_language() == "en" else label.vi


def scopes(kind: str, codes: Iterable[str]) -> str:
    """Scopes in words, in the order of the law book."""
    known = list(load_provider_rules().kinds[ProviderKind(kind)].scopes)
    # Labels have commas of their own.
    return "; ".join(
        scope(kind, code) for code in sorted(codes, key=lambda item: known.index(item) if item in known else len(known))
    )


def scope_choices() -> list[tuple[str, list[tuple[str, str]]]]:
    """Every scope under its kind, as `kind/code`, as a select wants them."""
    return [
        (rule.label.vi, [(f"{kind.value}/{code}", scope(kind.value, code)) for code in rule.scopes])
        for kind, rule in load_provider_rules().kinds.items()
    ]
