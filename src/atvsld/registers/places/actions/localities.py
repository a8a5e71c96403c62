"""Villages and streets of the parts of a divided unit, so that an address tells the part."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext as _

from atvsld.kit.outcome import Problem
from atvsld.platform.acts import Act, Conflict, Rejected, action
from atvsld.registers.places.addresses import words
from atvsld.registers.places.models import Place, PlaceSuccession
from atvsld.registers.places.policy import REORGANISE


@action(needs=REORGANISE, records="places:localities:stated")
def state_localities(act: Act, *, place: Place, stated: Mapping[int, str], seen: Mapping[int, str]) -> None:  # noqa: ARG001
    """Replace the lists of localities of a divided unit, by primary key of the succession.

    `seen` is what stood there when the person began; `Conflict` when it no longer does. `Rejected` when one locality
    is given to two parts: an address could not tell them apart.
    """
    edges = {edge.pk: edge for edge in place.successions.select_for_update()}
    if set(stated) - set(edges):
        raise Conflict(_("Đơn vị này vừa được sắp xếp lại; mở lại trang rồi ghi."))
    problems: list[Problem] = []
    taken: dict[str, int] = {}
    for pk, text in stated.items():
        for name in {" ".join(words(one)) for one in split(text)} - {""}:
            if taken.setdefault(name, pk) != pk:
                message = _("“%(name)s” ghi ở hai phần.") % {"name": name}
                problems.append(
                    Problem("twice", message, _("Mỗi thôn, đường chỉ thuộc một phần."), column=f"edge-{pk}")
                )
    if problems:
        raise Rejected(problems)
    for pk, text in stated.items():
        edge, tidy = edges[pk], "\n".join(split(text))
        if edge.localities != seen.get(pk, ""):
            raise Conflict(_("Danh sách này vừa được người khác sửa. Mở lại trang để xem bản mới rồi ghi tiếp."))
        if edge.localities != tidy:
            PlaceSuccession.objects.filter(pk=pk).update(localities=tidy)


def split(text: str) -> list[str]:
    """One locality a line, as kept."""
    return [" ".join(one.split()) for one in text.replace(";", "\n").splitlines() if one.strip()]
