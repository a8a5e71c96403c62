"""Who may take steps on a file: the permission, the area, and the level of the file."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from atvsld.casework.accidents.policy import CASES
from atvsld.casework.accidents.procedure.models import CaseFile
from atvsld.law.procedure import Level, Office, Step
from atvsld.law.procedure_reading import load_procedure
from atvsld.platform.access.actor import Actor, Scope
from atvsld.platform.access.permissions import permission
from atvsld.platform.access.policy import Decision, Policy
from atvsld.platform.acts import Refused
from atvsld.registers.places import tree

ACT = permission("accidents:procedure:act", gettext_lazy("Thực hiện các bước giải quyết vụ tai nạn"))
OVERRIDE = permission("accidents:procedure:override", gettext_lazy("Chọn cấp giải quyết khác với cấp tính được"))

FILES = Policy({"place": "case.place_id", "establishment": "case.establishment_id"})


def office_of(scope: Scope) -> Office:
    """What kind of people a grant makes of somebody: bound to an establishment, to a commune, or to more."""
    if scope.everything:
        return Office.PROVINCE
    if scope.dimension == "establishment":
        return Office.EMPLOYER
    nodes = tree.current().nodes
    units = [scope.root] if scope.root is not None else scope.ids
    low = all(pk in nodes and nodes[pk].level in ("commune", "district") for pk in units)
    return Office.COMMUNE if low else Office.PROVINCE


def decide(actor: Actor, file: CaseFile, step: Step, code: str = ACT) -> Decision:
    """Whether somebody may take a step on a file, by area and by level, with the sentence that explains a no."""
    reached = CASES.decide(actor, code, file.case)
    if not reached:
        return reached
    level = Level(file.level) if file.level else None
    procedure = load_procedure()
    for scope in actor.scopes(code):
        reaches = scope.everything or (file.case.place_id in scope.ids and scope.dimension == "place") or (
            scope.dimension == "establishment" and file.case.establishment_id in scope.ids
        )  # fmt: skip
        if reaches and procedure.may(office_of(scope), step, level):
            return Decision(allowed=True, reasons=())
    return Decision(allowed=False, reasons=(_("Bước này thuộc thẩm quyền của cấp khác."),))


def require(actor: Actor, file: CaseFile, step: Step, code: str = ACT) -> None:
    """Raise `Refused` unless somebody may take a step on a file."""
    decision = decide(actor, file, step, code)
    if not decision:
        raise Refused(*decision.reasons)
