"""The one door to consolidation: page, API and acceptance all ask here."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from django.utils.translation import gettext as _

from atvsld.kit.dated import NotInForce
from atvsld.kit.outcome import Problem
from atvsld.law.consolidation import Scheme
from atvsld.law.consolidation_reading import load_consolidations
from atvsld.law.errors import UnknownEntry
from atvsld.oversight.consolidation import compute, policy
from atvsld.oversight.consolidation.result import Consolidated
from atvsld.oversight.reporting import service as reports
from atvsld.oversight.reporting import subject as subjects
from atvsld.oversight.reporting.subject import Basis, Boundary, Subject
from atvsld.platform.access.actor import Actor
from atvsld.platform.acts.errors import Rejected

BASES = (Basis.HEADQUARTERS, Basis.PLACE)


@dataclass(frozen=True, slots=True)
class Request:
    """What was asked for, as text. At most one of `place` and `body` (codes); none: the province itself.

    `basis` empty: the place by which the law sends the lower reports.
    """

    form: str
    period: str
    place: str = ""
    body: str = ""
    basis: str = ""
    boundary: str = Boundary.PERIOD_END


@dataclass(frozen=True, slots=True)
class Asked:
    """A request understood: the rule laid out, the subject, the basis."""

    request: Request
    scheme: Scheme
    subject: Subject
    basis: str

    @property
    def of_registers(self) -> reports.Request:
        """The same question put to the registers."""
        request = self.request
        return reports.Request(
            form=request.form, period=request.period, place=request.place, body=request.body, basis=self.basis,
            boundary=request.boundary,
        )  # fmt: skip


def produce(actor: Actor, request: Request, *, at: datetime) -> Consolidated:
    """A form filled from submissions. `Rejected` names what cannot be understood, `Refused` what may not be seen."""
    asked = understand(actor, request, at=at)
    return compute.consolidate(asked.scheme, asked.subject, asked.basis, as_of=at)


def understand(actor: Actor, request: Request, *, at: datetime, permission: str = policy.READ) -> Asked:
    """Read a request and see that the actor may have the whole of it."""
    form, period = reports.read_form(request.form, request.period)
    try:
        scheme = load_consolidations().scheme(form.code, period)
    except UnknownEntry as error:
        known = ", ".join(sorted(load_consolidations().rules))
        remedy = _("Các biểu tổng hợp được: %(known)s.") % {"known": known}
        raise Rejected([Problem("not_consolidated", str(error), remedy)]) from error
    except NotInForce as error:
        raise Rejected([Problem("form_not_in_force", str(error), _("Chọn kỳ báo cáo khác."))]) from error
    if request.basis and request.basis not in set(Basis):
        message = _("Không có cơ sở tính “%(text)s”.") % {"text": request.basis}
        remedy = _("Chọn place (nơi hoạt động) hoặc headquarters (trụ sở chính).")
        raise Rejected([Problem("bad_basis", message, remedy)])
    basis = request.basis or scheme.rule.basis
    asked = Asked(replace(request, basis=basis), scheme, subject_of(request, scheme, at=at), basis)
    subjects.require_readable(actor, permission, asked.subject)
    return asked


def subject_of(request: Request, scheme: Scheme, *, at: datetime) -> Subject:
    """Whose reports are added up, by the registers of a moment. `Rejected` when it cannot be found."""
    return reports.read_subject(
        reports.Request(
            form=request.form, period=request.period, place=request.place, body=request.body, boundary=request.boundary
        ),
        scheme.period,
        at=at,
    )
