"""The bar above a report: which period, whose, by which place and which boundaries."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from atvsld.law.forms.spec import FormSpec
from atvsld.oversight.reporting.subject import Basis, Boundary
from atvsld.platform.access.actor import Actor
from atvsld.registers.establishments.models import Establishment
from atvsld.registers.places import tree

BASES = [(Basis.PLACE, _("Nơi xảy ra")), (Basis.HEADQUARTERS, _("Nơi đặt trụ sở chính"))]
BOUNDARIES = [
    (Boundary.PERIOD_END, _("Địa giới cuối kỳ")),
    (Boundary.EVENT, _("Địa giới lúc xảy ra")),
    (Boundary.TODAY, _("Địa giới hiện nay")),
]


class ReportChoice(forms.Form):
    """Everything a report needs, as a GET form that works without scripts."""

    period = forms.ChoiceField(label=_("Kỳ báo cáo"))
    establishment = forms.CharField(label=_("Cơ sở (mã số thuế)"), required=False, max_length=14)
    place = forms.ChoiceField(label=_("Địa bàn"), required=False)
    basis = forms.ChoiceField(label=_("Tính theo"), choices=BASES, required=False)
    boundary = forms.ChoiceField(label=_("Địa giới"), choices=BOUNDARIES, required=False)

    def __init__(
        self, *args: Any, form_spec: FormSpec, actor: Actor, permission: str, year: int, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        period = self.fields["period"]
        place = self.fields["place"]
        assert isinstance(period, forms.ChoiceField)
        assert isinstance(place, forms.ChoiceField)
        period.choices = period_choices(form_spec, year)
        place.choices = place_choices(actor, permission)
        if "establishment" not in form_spec.subjects:
            del self.fields["establishment"]


def period_choices(form_spec: FormSpec, year: int) -> list[tuple[str, str]]:
    """Years and half-years from this one back to the form's first, newest first."""
    from atvsld.kit.periods import Period, PeriodKind

    first = max(form_spec.valid_from.year, year - 10)
    found: list[tuple[str, str]] = []
    for past in range(year, first - 1, -1):
        for kind in (PeriodKind.YEAR, PeriodKind.HALF):
            if kind in form_spec.period_kinds:
                for index in range(kind.per_year, 0, -1):
                    period = Period(past, kind, index)
                    found.append((period.code, period.label_vi.capitalize()))
    return found


def place_choices(actor: Actor, permission: str) -> list[tuple[str, Any]]:
    """Provinces and communes in the actor's reach, today's units first, then those of the past."""
    graph = tree.current()
    scopes = [scope for scope in actor.scopes(permission) if scope.dimension == "place" or scope.everything]
    if not scopes:
        return [("", "—")]
    everywhere = any(scope.everything for scope in scopes)
    reach = frozenset().union(*(scope.ids for scope in scopes))
    roots = {scope.root for scope in scopes}
    current: list[tuple[str, str]] = []
    past: list[tuple[str, str]] = []
    for node in sorted(graph.nodes.values(), key=lambda node: (node.level != "province", node.code, node.valid_from)):
        if not everywhere and node.pk not in reach and node.pk not in roots:
            continue
        if node.level == "province" and not graph.has_communes(node.pk):
            continue
        if node.valid_to is None:
            current.append((node.code, node.name))
        else:
            past.append((node.code, f"{node.name} (đến {node.valid_to:%d/%m/%Y})"))
    known = {code for code, _name in current}
    return [
        ("", str(_("Mặc định"))),
        (str(_("Hiện nay")), current),
        (str(_("Trước đây")), [choice for choice in past if choice[0] not in known]),
    ]


def default_subject(actor: Actor, permission: str) -> dict[str, str]:
    """The subject of someone bound to one establishment or commune; empty for the province's people."""
    for scope in actor.scopes(permission):
        if scope.everything:
            return {}
    for scope in actor.scopes(permission):
        if scope.dimension == "establishment" and scope.root is not None:
            return {"establishment": Establishment.objects.values_list("tax_code", flat=True).get(pk=scope.root)}
        if scope.dimension == "place" and scope.root is not None:
            return {"place": tree.current().nodes[scope.root].code}
    return {}
