"""The one door to reports: page, command line, API and jobs all ask here."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from atvsld.kit.dated import NotInForce
from atvsld.kit.outcome import Problem
from atvsld.kit.periods import Period, PeriodError
from atvsld.law import load_book
from atvsld.law.errors import UnknownEntry
from atvsld.law.forms.spec import FormSpec
from atvsld.oversight.reporting import policy
from atvsld.oversight.reporting import subject as subjects
from atvsld.oversight.reporting.compute import compute
from atvsld.oversight.reporting.result import Report
from atvsld.oversight.reporting.sources import form_of
from atvsld.oversight.reporting.subject import Basis, Boundary, Subject
from atvsld.platform.access.actor import Actor
from atvsld.platform.acts import clock
from atvsld.platform.acts.errors import Rejected


@dataclass(frozen=True, slots=True)
class Request:
    """What was asked for, as text from a page, a command or another system.

    At most one of `establishment` (tax code), `place` (code) and `body` (code); none means the province itself.
    """

    form: str
    period: str
    establishment: str = ""
    place: str = ""
    body: str = ""
    basis: str = Basis.PLACE
    boundary: str = Boundary.PERIOD_END


def produce(actor: Actor, request: Request, *, at: datetime) -> Report:
    """Compute a report. `Rejected` names what cannot be understood, `Refused` what may not be seen."""
    form, period = read_form(request.form, request.period)
    subject = read_subject(request, period, at=at)
    subjects.require_readable(actor, policy.READ, subject)
    require_basis(request.basis)
    return compute(load_book(), form=form, period=period, subject=subject, basis=request.basis, as_of=at)


def require_basis(basis: str) -> None:
    """`Rejected` for a basis that reports do not have."""
    if basis not in set(Basis):
        raise Rejected([_problem("bad_basis", _("Không có cơ sở tính “%(text)s”.") % {"text": basis},
                                 _("Chọn place (nơi xảy ra) hoặc headquarters (trụ sở chính)."))])  # fmt: skip


def read_form(code: str, period_code: str) -> tuple[FormSpec, Period]:
    """The form in the version of the period."""
    try:
        period = Period.parse(period_code)
        form = form_of(code, period)
    except PeriodError as error:
        raise Rejected([_problem("bad_period", str(error), "")]) from error
    except UnknownEntry as error:
        known = ", ".join(sorted({form.code for form in load_book().forms}))
        remedy = _("Các biểu mẫu có sẵn: %(known)s.") % {"known": known}
        raise Rejected([_problem("unknown_form", str(error), remedy)]) from error
    except NotInForce as error:
        ended = all(form.valid_from <= period.end for form in load_book().forms if form.code == code)
        remedy = _("Chọn kỳ báo cáo sớm hơn.") if ended else _("Chọn kỳ báo cáo muộn hơn.")
        raise Rejected([_problem("form_not_in_force", str(error), remedy)]) from error
    if period.kind not in form.period_kinds:
        raise Rejected([_problem("bad_period", _("Biểu mẫu %(form)s không lập cho %(period)s.")
                                 % {"form": form.code, "period": period.label_vi},
                                 _("Chọn 6 tháng (2024-H1) hoặc cả năm (2024)."))])  # fmt: skip
    return form, period


def read_subject(request: Request, period: Period, *, at: datetime) -> Subject:
    """The subject asked for; the province of this installation when none is named."""
    today = clock.local_day(at)
    if sum(map(bool, (request.establishment, request.place, request.body))) > 1:
        raise Rejected([_problem("several_subjects", _("Chỉ chọn một đối tượng báo cáo."),
                                 _("Bỏ bớt cơ sở, địa bàn hoặc cơ quan."))])  # fmt: skip
    if request.establishment:
        return subjects.for_establishment(request.establishment)
    if request.body:
        return subjects.for_body(request.body, period, boundary=request.boundary, today=today)
    code = request.place or subjects.home_place_code(today)
    return subjects.for_place(code, period, boundary=request.boundary, today=today)


def _problem(code: str, message: str, remedy: str) -> Problem:
    return Problem(code, message, remedy)
