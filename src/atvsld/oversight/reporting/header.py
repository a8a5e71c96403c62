"""The lines above the tables: who reports, what kind of establishment, how many people it employs."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from atvsld.kit.periods import Period
from atvsld.kit.text import format_date
from atvsld.law import load_book
from atvsld.law.forms.spec import FormSpec
from atvsld.oversight.reporting.groups import Groups
from atvsld.oversight.reporting.letterhead import AREAS, AUTHORITIES, names_another
from atvsld.oversight.reporting.subject import Subject, answering_body, province_of
from atvsld.registers.establishments.models import Establishment

Header = dict[str, str | Decimal | None]
_MILLION = Decimal(1_000_000)


def fill(form: FormSpec, period: Period, subject: Subject, groups: Groups, *, day: date) -> Header:
    """Every header field of the form by key; what the registers do not hold stays None and prints as blank."""
    values = _sources(form, period, subject, groups) | {"report.date": format_date(day)}
    return {field.key: values.get(field.source) for field in form.header}


def numbers(header: Mapping[str, str | Decimal | None]) -> dict[str, Decimal | None]:
    """The numeric fields alone, as the cross-footing checks take them."""
    return {key: value if isinstance(value, Decimal) else None for key, value in header.items()}


def workforce(groups: Groups) -> dict[str, Decimal | None]:
    """The figures among the sources: as stated for the year of the period, None where nobody stated them."""
    stated = groups.figure("establishments_reporting", {}, {})
    workers, female, payroll = (
        groups.figure(name, {}, {}) if stated else None for name in ("workers", "workers_female", "payroll")
    )
    return {
        "workforce.total": workers,
        "workforce.female": female,
        "workforce.payroll_million": payroll / _MILLION if payroll is not None else None,
    }


def _sources(form: FormSpec, period: Period, subject: Subject, groups: Groups) -> Header:
    establishment = subject.establishment
    book = load_book()
    place_code = establishment.place.code if establishment else subject.code if subject.kind == "place" else None
    return {
        "subject.name": _reporter(form, period, subject),
        "subject.address": subject.address or None,
        **_contact(establishment),
        "subject.place_code": place_code or (subject.body.place.code if subject.body else None),
        "subject.ownership_type": establishment.ownership_type or None if establishment else None,
        "subject.ownership_name": _ownership(establishment.ownership_type) if establishment else None,
        "subject.industry": establishment.industry_code or None if establishment else None,
        "subject.industry_name": _industry(establishment.industry_version, establishment.industry_code)
        if establishment
        else None,
        "period.label": period.label_vi,
        **workforce(groups),
        "recipient.name": "; ".join(book.name_of(key, on=period.end) for key in form.recipients) or None,
    }


def _contact(establishment: Establishment | None) -> Header:
    if establishment is None:
        return {}
    enterprise = establishment.enterprise
    return {
        "subject.phone": establishment.phone or None,
        "subject.email": establishment.email or None,
        "subject.ministry": (enterprise.sector_ministry if enterprise else "") or None,
        "subject.province": province_of(establishment),
    }


def _reporter(form: FormSpec, period: Period, subject: Subject) -> str | None:
    """Who reports: an employer itself; for a place, the body that answers for it on the last day of the period.

    None on a form of somebody the place does not stand for: the name is written in.
    """
    if names_another(form, subject):
        return None
    body = None
    if subject.kind in AREAS and not form.letterhead.startswith("employer"):
        body = answering_body(subject, period, AUTHORITIES.get(form.letterhead))
    return body.name if body else subject.name


def _ownership(code: str) -> str | None:
    item = load_book().code_lists.versions("ownership.accident_report")[-1].get(code) if code else None
    return item.label_vi if item else None


def _industry(version: str, code: str) -> str | None:
    """Name of an industry code in its own version; longer codes take the name of the level the list holds."""
    if not code:
        return None
    for codes in load_book().code_lists.versions("industry.vsic"):
        if version and version in codes.name + codes.version:
            shortened = (code[:length] for length in range(len(code), 1, -1))
            return next((item.label_vi for part in shortened if (item := codes.get(part))), None)
    return None
