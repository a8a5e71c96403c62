"""The activity of an establishment in the versions of the classification."""

from __future__ import annotations

from django.utils.translation import gettext as _

from atvsld.kit.outcome import Problem
from atvsld.law import load_book
from atvsld.platform.acts import Act, Rejected, action
from atvsld.registers.establishments import rules
from atvsld.registers.establishments.models import Establishment, EstablishmentIndustry
from atvsld.registers.establishments.policy import CHANGE, ESTABLISHMENTS


@action(needs=CHANGE, records="establishments:establishment_industry:stated")
def state_industry(act: Act, *, establishment: Establishment, version: str, code: str) -> None:
    """State the code in a version other than the main one; an empty code takes the statement back.

    `Rejected` for the version of the main code (that is changed with the establishment) and for a code not in it.
    """
    ESTABLISHMENTS.require(act.actor, CHANGE, establishment)
    if establishment.industry_code and version == establishment.industry_version:
        message = _("Phiên bản %(version)s là của mã ngành chính.") % {"version": version}
        raise Rejected([Problem("main_version", message, _("Sửa ở thông tin cơ sở."), column="version")])
    held = EstablishmentIndustry.objects.filter(establishment=establishment, version=version)
    if not code:
        held.delete()
        return
    if problems := list(rules.check_industry(load_book(), version, code)):
        raise Rejected(problems)
    EstablishmentIndustry.objects.update_or_create(
        establishment=establishment, version=version, defaults={"code": code}
    )


def keep_former(establishment: Establishment, *, version: str, code: str) -> None:
    """After the main code went from one version to another: the former stays beside it. Within the caller's act."""
    now = Establishment.objects.values_list("industry_version", "industry_code").get(pk=establishment.pk)
    if code and version and version != now[0]:
        EstablishmentIndustry.objects.update_or_create(
            establishment=establishment, version=version, defaults={"code": code}
        )
    if now[1]:
        EstablishmentIndustry.objects.filter(establishment=establishment, version=now[0]).delete()
