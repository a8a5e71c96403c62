"""The catalogue of forms, grouped by who files them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from atvsld.kit.text import format_date
from atvsld.law.forms.spec import FormSpec

# By letterhead, in the order of the page.
REPORTERS: dict[str, tuple[Promise | str, frozenset[str]]] = {
    "employer": (gettext_lazy("Người sử dụng lao động"), frozenset({"employer", "employer_of_place"})),
    "commune": (gettext_lazy("Ủy ban nhân dân cấp xã"), frozenset({"commune"})),
    "department": (gettext_lazy("Cơ quan quản lý lao động cấp tỉnh"), frozenset({"department"})),
    "provider": (gettext_lazy("Tổ chức huấn luyện, kiểm định, quan trắc"), frozenset({"provider"})),
    "health": (gettext_lazy("Cơ sở y tế và ngành y tế"), frozenset({"health_facility", "health_department"})),
}


@dataclass(frozen=True, slots=True)
class Entry:
    """A form as the catalogue shows it. `opens`: it has a page for each period; others are filled at an event."""

    form: FormSpec
    name: str
    title: str
    when: str
    ended: str
    opens: bool


@dataclass(frozen=True, slots=True)
class Shelf:
    """The forms of one kind of reporter."""

    title: str
    entries: tuple[Entry, ...]


def shelves(forms: Iterable[FormSpec], *, today: date) -> list[Shelf]:
    """Forms by reporter; kinds without a form are left out."""
    held = list(forms)
    found = []
    for title, letterheads in REPORTERS.values():
        entries = tuple(_entry(form, today) for form in held if form.letterhead in letterheads)
        if entries:
            found.append(Shelf(str(title), entries))
    return found


def _entry(form: FormSpec, today: date) -> Entry:
    last = form.valid_to if form.valid_to and form.valid_to < today else None
    return Entry(
        form=form,
        name=_said(form.short_title.vi, form.short_title.en),
        title=_said(form.title.vi, form.title.en),
        when=_when(form),
        ended=_("Hết hiệu lực sau ngày %(day)s") % {"day": format_date(last)} if last else "",
        opens=bool(form.period_kinds),
    )


def _when(form: FormSpec) -> str:
    if "case" in form.subjects:
        return _("Lập từ hồ sơ vụ tai nạn")
    if not form.period_kinds:
        return _("Lập sau từng đợt khám, từng trường hợp")
    kinds = {"half": _("6 tháng"), "year": _("cả năm"), "quarter": _("quý"), "month": _("tháng")}
    return _("Kỳ: %(kinds)s") % {"kinds": ", ".join(kinds[kind.value] for kind in form.period_kinds)}


def _said(vietnamese: str, english: str | None) -> str:
    return english or vietnamese if get_language() == "en" else vietnamese
