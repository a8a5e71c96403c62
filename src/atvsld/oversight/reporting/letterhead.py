"""Whose paper a report is written on, and who receives it."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from atvsld.documents import model
from atvsld.law import load_book
from atvsld.law.forms.spec import FormSpec
from atvsld.oversight.reporting.result import Report
from atvsld.oversight.reporting.subject import Subject, answering_body, province_of
from atvsld.platform.acts import clock
from atvsld.registers.places import tree

# The function whose holder reports, where it is not the one that answers for the level of the place.
AUTHORITIES = {"health_department": "health_lead"}
BLANK = {
    "employer": gettext_lazy("TÊN CƠ SỞ: ……………………"),
    "employer_of_place": gettext_lazy("DOANH NGHIỆP, CƠ SỞ: ……………………"),
    "provider": gettext_lazy("TÊN TỔ CHỨC: ……………………"),
    "health_facility": gettext_lazy("TÊN CƠ SỞ: ……………………"),
}


# Subjects for which a body of the administration stands.
AREAS = ("place", "body")


def names_another(form: FormSpec, subject: Subject) -> bool:
    """Whether the form is that of somebody the subject does not stand for, so that the name is written in."""
    return form.letterhead in BLANK and subject.kind in AREAS and subject.kind not in form.subjects


def letterhead_of(report: Report) -> model.Letterhead:
    """The reporting employer's own heading, or that of the body answering for the place on the last day."""
    day = clock.local_day(report.as_of)
    kind = report.form.letterhead
    if report.subject.establishment is not None:
        place = report.subject.establishment.headquarters_place
        if kind == "employer_of_place":
            where = _("ĐỊA PHƯƠNG: %(place)s") % {"place": province_of(report.subject.establishment).upper()}
            who = _("DOANH NGHIỆP, CƠ SỞ: %(name)s") % {"name": report.subject.name.upper()}
            return model.Letterhead(where, who, None, place.name, day)
        return model.Letterhead(None, report.subject.name.upper(), None, place.name, day)
    if report.subject.kind not in AREAS:
        return model.Letterhead(None, report.subject.name.upper(), None, _place_name(report), day)
    if names_another(report.form, report.subject):
        return model.Letterhead(None, str(BLANK[kind]), None, _place_name(report), day)
    body = answering_body(report.subject, report.period, AUTHORITIES.get(kind))
    if body is None:
        return model.Letterhead(None, report.subject.name.upper(), None, report.subject.name, day)
    return model.Letterhead(body.parent_line or None, body.name.upper(), None, _place_name(report), day)


def recipients_of(report: Report) -> tuple[str, ...]:
    """Recipients of the form under the names they bear on the last day of the period."""
    book = load_book()
    return tuple(book.name_of(key, on=report.period.end) for key in report.form.recipients)


def _place_name(report: Report) -> str:
    """The place printed before the date: the name of the province-level unit without its kind."""
    graph = tree.current()
    pk = report.subject.place_pk
    if pk is None:
        return report.subject.name
    day = min(report.period.end, graph.nodes[pk].valid_to or report.period.end)
    top = (graph.nodes[pk], *graph.ancestors(pk, day))[-1]
    return top.name.removeprefix("Thành phố ").removeprefix("Tỉnh ")
