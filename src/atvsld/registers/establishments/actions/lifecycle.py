"""What happens to an establishment in its life: renamed, moved, closed, opened again, divided. History keeps each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from django.utils.translation import gettext as _

from atvsld.kit.outcome import Problem
from atvsld.kit.text import fold
from atvsld.platform.acts import Act, Rejected, action
from atvsld.registers.establishments.actions.register import admit, replace_facts, step
from atvsld.registers.establishments.drafts import EstablishmentDraft, draft_of
from atvsld.registers.establishments.models import Establishment
from atvsld.registers.establishments.policy import CHANGE, ESTABLISHMENTS


@action(needs=CHANGE, records="establishments:establishment:renamed")
def rename_establishment(act: Act, *, establishment: Establishment, version: int, name: str) -> Establishment:
    """A new name; searches find the new one, the timeline tells the old. `Rejected` when it is empty."""
    ESTABLISHMENTS.require(act.actor, CHANGE, establishment)
    name = " ".join(name.split())
    if not name:
        raise Rejected([Problem("name_missing", _("Chưa có tên cơ sở."), column="name")])
    step(establishment, version, name=name, name_folded=fold(name))
    establishment.refresh_from_db()
    return establishment


@action(needs=CHANGE, records="establishments:establishment:moved")
def move_establishment(
    act: Act, *, establishment: Establishment, version: int, place_id: int, address: str, with_headquarters: bool
) -> Establishment:
    """To another commune, its head office with it or not. Accidents that happened stay where they happened.

    The actor needs the right at both ends; `Rejected` for what is no commune.
    """
    draft = draft_of(establishment)
    headquarters = place_id if with_headquarters else draft.headquarters_place_id
    moved = replace(draft, place_id=place_id, headquarters_place_id=headquarters, address=address)
    return replace_facts(act, establishment, version, moved)


@action(needs=CHANGE, records="establishments:establishment:closed")
def close_establishment(act: Act, *, establishment: Establishment, version: int, on: date) -> Establishment:
    """No work from a day on. `Rejected` for a day to come and for one closed already."""
    ESTABLISHMENTS.require(act.actor, CHANGE, establishment)
    _require_closable(act, establishment, on)
    step(establishment, version, closed_on=on)
    establishment.refresh_from_db()
    return establishment


@action(needs=CHANGE, records="establishments:establishment:reopened")
def reopen_establishment(act: Act, *, establishment: Establishment, version: int) -> Establishment:
    """Work goes on again. `Rejected` for one that is not closed."""
    ESTABLISHMENTS.require(act.actor, CHANGE, establishment)
    if establishment.closed_on is None:
        raise Rejected([Problem("not_closed", _("Cơ sở đang hoạt động."))])
    step(establishment, version, closed_on=None)
    establishment.refresh_from_db()
    return establishment


@action(needs=CHANGE, records="establishments:establishment:divided")
def split_establishment(
    act: Act, *, establishment: Establishment, version: int, parts: Sequence[EstablishmentDraft], close_on: date | None
) -> list[Establishment]:
    """New establishments out of one, which closes when `close_on` is given and goes on otherwise; one act for all.

    Records of the past stay with the one divided: nobody can know to which part they would belong.
    """
    ESTABLISHMENTS.require(act.actor, CHANGE, establishment)
    if not parts:
        raise Rejected([Problem("no_parts", _("Chưa nêu cơ sở được tách ra."))])
    made = [admit(act, part) for part in parts]
    if close_on is not None:
        _require_closable(act, establishment, close_on)
        step(establishment, version, closed_on=close_on)
    else:
        step(establishment, version)
    return made


def _require_closable(act: Act, establishment: Establishment, on: date) -> None:
    if establishment.closed_on is not None:
        raise Rejected([Problem("closed_already", _("Cơ sở đã ngừng hoạt động."), column="closed_on")])
    if on > act.day:
        raise Rejected([Problem("closed_in_future", _("Ngày ngừng hoạt động ở tương lai."), column="closed_on")])
