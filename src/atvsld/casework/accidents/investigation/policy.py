"""Who may work on an investigation: the permission in the area, and the level of the case's procedure.

An employer works on the own establishment's investigations at establishment level, a commune on its own records, the
province on all. What a team gathers is not told before the minutes are public (Decree 39/2016, Art. 12.2 c), so only
those who may work on an investigation read its unpublished part.
"""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from atvsld.casework.accidents.models import AccidentCase
from atvsld.casework.accidents.procedure.policy import OVERRIDE, office_of
from atvsld.law.procedure import Office
from atvsld.platform.access.actor import Actor, Scope
from atvsld.platform.access.permissions import permission
from atvsld.platform.access.policy import Policy
from atvsld.platform.acts import Refused

CHANGE = permission("accidents:investigation:change", gettext_lazy("Làm hồ sơ điều tra tai nạn lao động"))
READ_STATEMENT = permission(
    "accidents:statement:read", gettext_lazy("Đọc lời khai và thông tin cá nhân trong hồ sơ điều tra"), sensitive=True
)
# Setting aside a paper that the law asks for is for those who may override the procedure.
SET_ASIDE = OVERRIDE

# Whose own part of another level's investigation each answers for: posting, and carrying out what was recommended.
PARTIES = {"employer": "establishment", "commune_committee": "commune"}

CASES = Policy({"place": "place_id", "establishment": "establishment_id"})


def may_work(actor: Actor, case: AccidentCase, level: str, code: str = CHANGE) -> bool:
    """Whether the actor may change the investigation of a case that is at a level (`establishment`, `commune`, …)."""
    return any(_reaches(scope, case, level) for scope in actor.scopes(code))


def require_work(actor: Actor, case: AccidentCase, level: str, code: str = CHANGE) -> None:
    """Raise `Refused` unless `may_work`."""
    CASES.require(actor, code, case)
    if not may_work(actor, case, level, code):
        raise Refused(_("Vụ này đang ở cấp khác điều tra; tài khoản chỉ xem được phần đã công bố."))


def may_answer(actor: Actor, case: AccidentCase, level: str, party: str) -> bool:
    """Whether the actor may record what a party (`employer`, `commune_committee`) itself did, at whatever level."""
    return may_work(actor, case, level) or (party in PARTIES and may_work(actor, case, PARTIES[party]))


def _reaches(scope: Scope, case: AccidentCase, level: str) -> bool:
    if scope.everything:
        return True
    if scope.dimension == "establishment":
        return level == "establishment" and case.establishment_id in scope.ids
    if scope.dimension != "place" or case.place_id not in scope.ids:
        return False
    return level == "commune" or office_of(scope) is Office.PROVINCE
