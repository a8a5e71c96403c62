"""Pages of the register of establishments."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Field, Model, Q, QuerySet
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from atvsld.kit.text import format_date
from atvsld.law import load_book
from atvsld.law.organisation import BranchList, load_norms
from atvsld.platform.access.actor import Actor
from atvsld.platform.acts import clock
from atvsld.platform.history.timeline import timeline
from atvsld.platform.ui.listing import ListPage
from atvsld.platform.ui.pages import Page, PageAction
from atvsld.registers.establishments import hazards, labels, points, queries, tax_codes
from atvsld.registers.establishments.listing import EstablishmentFilter, EstablishmentTable
from atvsld.registers.establishments.models import (
    Establishment,
    EstablishmentIndustry,
    EstablishmentMerge,
    HazardFact,
    OshOrganisation,
    Site,
    WorkforceYear,
)
from atvsld.registers.establishments.models.workforce import PARTS
from atvsld.registers.establishments.organisation import assess
from atvsld.registers.establishments.policy import CHANGE, ESTABLISHMENTS, READ
from atvsld.registers.places import tree
from atvsld.registers.related import related

MILLION = 1_000_000


class EstablishmentList(ListPage):
    """Establishments within the actor's reach."""

    permission = READ
    policy = ESTABLISHMENTS
    model = Establishment
    table_class = EstablishmentTable
    filter_class = EstablishmentFilter
    title = _("Cơ sở sản xuất, kinh doanh")
    order = ("name_folded", "pk")
    search_help = _("Tên (có dấu hay không dấu) hoặc mã số thuế")
    export_name = "co-so"

    def get_queryset(self) -> QuerySet[Establishment]:
        return queries.with_workers(
            Establishment.objects.filter(merged_into=None).select_related("place", "headquarters_place")
        )

    def search(self, queryset: QuerySet[Any], text: str) -> QuerySet[Any]:
        return queries.search(queryset, text)

    def actions(self) -> list[PageAction]:
        if not self.actor.may(CHANGE):
            return []
        return [
            PageAction(_("Thêm cơ sở"), reverse("establishments:register"), "plus", primary=True),
            PageAction(_("Cơ sở nghi trùng"), reverse("establishments:duplicates"), "copy"),
        ]


class EstablishmentPage(Page):
    """One establishment: facts, people employed, what happened there, who changed what."""

    permission = READ
    template_name = "establishments/establishment.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        record = visible_or_404(self.request, self.kwargs["public_id"], READ)
        today = clock.local_day(self.request.now)  # type: ignore[attr-defined]
        may_change = record.merged_into_id is None and bool(ESTABLISHMENTS.decide(self.actor, CHANGE, record))
        return super().get_context_data(
            title=record.name,
            establishment=record,
            facts=_facts(record, today),
            place_today=_place_today(record, today),
            workforce=[(row, _average_wage(row), _parts_of(row)) for row in record.workforce.order_by("-year")],
            organisation=assess(record, on=today),
            lists=_lists(),
            hazards=hazards.profile(record, on=today),
            sites=record.sites.select_related("place"),
            contacts=record.contacts.all() if may_change else [],
            far=points.far_km(record),
            may_change=may_change,
            page_actions=_actions(record) if may_change else [],
            related=related("establishment", record, self.actor),
            merges=_merges(record),
            may_separate=bool(ESTABLISHMENTS.decide(self.actor, CHANGE, record)),
            history=timeline(record, _parts(record)),
            **kwargs,
        )


def visible_or_404(request: HttpRequest, public_id: str, permission: str) -> Establishment:
    """The establishment if the asker may see it; 404 as if it were not there otherwise.

    One absorbed by another may still be read, and no longer be changed.
    """
    actor: Actor = request.actor  # type: ignore[attr-defined]
    found = queries.visible(actor, permission, merged=permission == READ)
    found = found.select_related(
        "place", "headquarters_place", "zone_authority", "merged_into", "enterprise__zone_authority"
    )
    return get_object_or_404(found, public_id=public_id)


def _actions(record: Establishment) -> list[PageAction]:
    return [
        PageAction(_("Sửa thông tin"), reverse("establishments:change", args=[record.public_id]), "edit", primary=True),
        PageAction(_("Ghi lao động năm"), reverse("establishments:workforce", args=[record.public_id]), "users"),
        PageAction(
            _("Mã ngành phiên bản khác"), reverse("establishments:industry", args=[record.public_id]), "list-details"
        ),
        PageAction(
            _("Ghi bộ máy ATVSLĐ"), reverse("establishments:organisation", args=[record.public_id]), "shield-check"
        ),
    ]


def _lists() -> dict[str, tuple[BranchList, date | None]]:
    """The three lists of branches, each with the day its instrument came into force."""
    instruments = load_book().instruments
    return {
        key: (held, found.in_force_from if (found := instruments.get(held.citation.instrument)) else None)
        for key, held in load_norms().lists.items()
    }


def _merges(record: Establishment) -> list[EstablishmentMerge]:
    """The mergings that still hold, of this record into another or of others into this one."""
    held = EstablishmentMerge.objects.filter(undone_at=None).select_related("kept", "absorbed")
    return list(held.filter(Q(kept=record) | Q(absorbed=record)).order_by("merged_at"))


def _parts(record: Establishment) -> list[tuple[type[Model], dict[str, Any], Promise | str]]:
    """What else of the record its timeline tells."""
    here = {"establishment_id": record.pk}
    return [
        (WorkforceYear, here, _("Lao động")),
        (OshOrganisation, here, _("Bộ máy ATVSLĐ")),
        (EstablishmentIndustry, here, _("Ngành")),
        (HazardFact, here, _("Yếu tố rủi ro")),
        (Site, here, _("Địa điểm")),
    ]


def _facts(record: Establishment, today: date) -> list[tuple[str | Promise, Any]]:
    authority = record.zone_authority or (record.enterprise.zone_authority if record.enterprise else None)
    return [
        (_("Mã số thuế"), tax_codes.display(record.tax_code)),
        (_("Loại hình"), labels.ownership(record.ownership_type, today)),
        (_("Ngành"), labels.industry(record.industry_version, record.industry_code)),
        *(
            (_("Ngành ở phiên bản khác"), labels.industry(further.version, further.code))
            for further in record.further_industries.order_by("-version")
        ),
        (_("Địa chỉ"), record.address),
        (_("Khu, cụm công nghiệp"), record.zone_name),
        (_("Ban quản lý khu"), str(authority) if authority else ""),
        (_("Bộ quản lý ngành"), record.enterprise.sector_ministry if record.enterprise else ""),
        (_("Tọa độ"), f"{record.latitude}, {record.longitude}" if record.latitude is not None else ""),
        (_("Điện thoại"), record.phone),
        (_("Thư điện tử"), record.email),
        (
            _("Tình trạng"),
            _("Ngừng từ %(day)s") % {"day": format_date(record.closed_on)} if record.closed_on else _("Đang hoạt động"),
        ),
    ]


def _place_today(record: Establishment, today: date) -> str:
    """The unit of today on the ground of an older one; empty when it is the same."""
    unit = tree.current().unit_on(record.place_id, today)
    return unit.name if unit is not None and unit.pk != record.place_id else ""


def _parts_of(row: WorkforceYear) -> list[tuple[str, int]]:
    """The stated parts of a year's workforce, in words."""
    return [
        (str(column.verbose_name), getattr(row, column.name))
        for column in WorkforceYear._meta.get_fields()  # noqa: SLF001
        if column.name in PARTS and isinstance(column, Field) and getattr(row, column.name) is not None
    ]


def _average_wage(row: WorkforceYear) -> float | None:
    """Payroll per person and month, in million đồng; None when either is unknown."""
    return row.payroll / row.workers / 12 / MILLION if row.payroll and row.workers else None
