"""Search everything: one box over cases, establishments, places, bodies, forms and law."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.db.models import F, Q
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from atvsld.casework.accidents import facade as accidents
from atvsld.casework.accidents.declarations import queries as declarations
from atvsld.casework.accidents.declarations.policy import READ as READ_DECLARATIONS
from atvsld.casework.accidents.policy import READ as READ_CASES
from atvsld.kit.text import fold, format_date
from atvsld.law import load_book
from atvsld.oversight.reporting.policy import READ as READ_REPORTS
from atvsld.platform.access.actor import Actor
from atvsld.platform.papers import queries as papers
from atvsld.platform.papers import verifying
from atvsld.platform.papers.registry import kind_of
from atvsld.platform.ui import formats_text
from atvsld.registers.bodies.models import Body
from atvsld.registers.bodies.policy import READ as READ_BODIES
from atvsld.registers.establishments import facade as establishments
from atvsld.registers.establishments.policy import READ as READ_FIRMS
from atvsld.registers.places.models import Place
from atvsld.registers.places.policy import READ as READ_PLACES
from atvsld.registers.providers import facade as providers
from atvsld.registers.providers.policy import READ as READ_PROVIDERS
from atvsld.registers.workers import facade as workers
from atvsld.registers.workers.policy import READ as READ_WORKERS

LIMIT = 8
SHORTEST = 2
MOST_DIGITS = 7
# Of a paper's code of verification.
CODE_LENGTH = 12


@dataclass(frozen=True, slots=True)
class Hit:
    """One thing found, with a line that tells it from its namesakes. Law has no page of its own: no address."""

    title: str
    note: str
    url: str = ""
    status: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """Hits of one kind; `more` leads to the whole list."""

    label: str | Promise
    icon: str
    hits: list[Hit]
    more: str = ""


def search(actor: Actor, text: str) -> list[Group]:
    """Groups with at least one hit, each within the actor's reach; at most LIMIT hits a group."""
    folded = fold(text)
    if len(folded) < SHORTEST:
        return []
    told_label = gettext_lazy("Khai báo, tin báo")
    sources: list[tuple[str, str | Promise, str, Callable[[], Iterator[Hit]], str]] = [
        (READ_CASES, gettext_lazy("Vụ tai nạn"), "ambulance", lambda: _cases(actor, folded), "/tai-nan/"),
        (READ_DECLARATIONS, told_label, "bell", lambda: _declarations(actor, folded), "/khai-bao/"),
        (READ_CASES, gettext_lazy("Văn bản"), "file-text", lambda: _papers(actor, text), ""),
        (READ_FIRMS, gettext_lazy("Cơ sở"), "building-factory-2", lambda: _establishments(actor, text), "/co-so/"),
        (READ_WORKERS, gettext_lazy("Người lao động"), "users", lambda: _workers(actor, text), "/nguoi-lao-dong/"),
        (
            READ_PROVIDERS,
            gettext_lazy("Tổ chức dịch vụ"),
            "shield-check",
            lambda: _providers(actor, text),
            "/to-chuc-dich-vu/",
        ),
        (READ_PLACES, gettext_lazy("Địa bàn"), "map-pin", lambda: _places(folded), "/dia-ban/"),
        (READ_BODIES, gettext_lazy("Cơ quan, tổ chức"), "building", lambda: _bodies(folded), "/co-quan/"),
        (READ_REPORTS, gettext_lazy("Biểu mẫu"), "report-analytics", lambda: _forms(folded), ""),
        ("", gettext_lazy("Văn bản pháp luật"), "gavel", lambda: _law(folded), ""),
    ]
    return [
        Group(label, icon, hits, more)
        for needs, label, icon, find, more in sources
        if (not needs or actor.may(needs)) and (hits := list(find()))
    ]


def _cases(actor: Actor, text: str) -> Iterator[Hit]:
    for case in accidents.find(actor, text, LIMIT):
        note = f"{formats_text.moment(case.occurred_at)} · {case.place} · {case.establishment or _('chưa rõ cơ sở')}"
        yield Hit(case.number, note, f"/tai-nan/{case.public_id}/", str(case.get_severity_display() or ""))


def _declarations(actor: Actor, text: str) -> Iterator[Hit]:
    """By number, code of the receipt or establishment; who told is sealed, so no search leads there."""
    found = declarations.search(declarations.latest(actor), text).select_related("place", "receipt")
    for told in found.order_by("-received_at", "-pk")[:LIMIT]:
        note = f"{formats_text.moment(told.received_at)} · {told.place}"
        yield Hit(told.number, note, f"/khai-bao/{told.public_id}/", str(told.get_kind_display()))


def _papers(actor: Actor, text: str) -> Iterator[Hit]:
    """By number as printed (`12/QĐ-SNV`, or its number alone) or code of verification."""
    number, _slash, symbol = text.strip().partition("/")
    code = verifying.normal(text)
    wanted = Q(code=code)
    if number.strip().isdecimal() and len(number.strip()) < MOST_DIGITS:
        wanted |= Q(number=int(number), symbol__istartswith=symbol.strip())
    elif len(code) != CODE_LENGTH:
        return
    for paper in papers.within(actor).filter(wanted).order_by("-issued_on", "-pk")[:LIMIT]:
        title = paper.full_number or str(_("dự thảo"))
        day = formats_text.day(paper.issued_on) if paper.issued_on else ""
        note = f"{kind_of(paper.kind).title} · {day}"
        yield Hit(title, note, f"/van-ban/{paper.public_id}/", str(paper.get_state_display()))


def _establishments(actor: Actor, text: str) -> Iterator[Hit]:
    for found in establishments.find(actor, text, LIMIT):
        note = _("Mã số thuế %(code)s") % {"code": found.tax_code}
        status = "" if found.verification == "verified" else str(found.get_verification_display())
        yield Hit(found.name, note, f"/co-so/{found.public_id}/", status)


def _workers(actor: Actor, text: str) -> Iterator[Hit]:
    for found in workers.find(actor, text, LIMIT):
        note = formats_text.day(found.birth_date) if found.birth_date else _("chưa rõ ngày sinh")
        yield Hit(
            found.name, f"{note} · {found.establishment or _('chưa rõ cơ sở')}", f"/nguoi-lao-dong/{found.public_id}/"
        )


def _providers(actor: Actor, text: str) -> Iterator[Hit]:
    for found in providers.find(actor, text, limit=LIMIT):
        yield Hit(found.name, found.address, f"/to-chuc-dich-vu/{found.public_id}/")


def _places(text: str) -> Iterator[Hit]:
    # Units that stand today first, then those of the past.
    newest = F("valid_to").desc(nulls_first=True)
    for place in Place.objects.filter(name_folded__contains=text).order_by(newest, "name_folded")[:LIMIT]:
        until = _("đến %(day)s") % {"day": format_date(place.valid_to)} if place.valid_to else _("đang tồn tại")
        yield Hit(place.name, f"{place.get_level_display()} · {place.code} · {until}", f"/dia-ban/{place.public_id}/")


def _bodies(text: str) -> Iterator[Hit]:
    newest = F("valid_to").desc(nulls_first=True)
    for body in Body.objects.filter(name_folded__contains=text).order_by(newest, "name_folded")[:LIMIT]:
        until = _("đến %(day)s") % {"day": format_date(body.valid_to)} if body.valid_to else _("đang hoạt động")
        yield Hit(body.name, until, f"/co-quan/{body.public_id}/")


def _forms(text: str) -> Iterator[Hit]:
    newest = {form.code: form for form in sorted(load_book().forms, key=lambda form: form.valid_from)}
    found = 0
    for form in newest.values():
        if found < LIMIT and text in fold(f"{form.code} {form.title.vi} {form.short_title.vi}"):
            found += 1
            yield Hit(form.short_title.vi, f"{form.code} · {form.citation}", f"/bao-cao/{form.code}/")


def _law(text: str) -> Iterator[Hit]:
    found = 0
    for instrument in load_book().instruments.values():
        if found < LIMIT and text in fold(f"{instrument.number} {instrument.title}"):
            found += 1
            since = _("hiệu lực từ %(day)s") % {"day": format_date(instrument.in_force_from)}
            yield Hit(f"{instrument.number}", f"{instrument.title} · {since}", "", instrument.status.label_vi)
