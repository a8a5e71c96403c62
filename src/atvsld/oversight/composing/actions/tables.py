"""Saving and removing composed tables."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from django.db.models import ProtectedError
from django.utils.translation import gettext as _

from atvsld.kit.outcome import Problem
from atvsld.oversight.composing.actions.stepping import require_owner, step
from atvsld.oversight.composing.models import SavedTable
from atvsld.oversight.composing.policy import COMPOSE
from atvsld.oversight.composing.vocabulary import CONDITIONS, DIMENSIONS, MEASURES
from atvsld.platform.acts import Act, Rejected, action


@action(needs=COMPOSE, records="composing:saved_table:saved")
def save_table(
    act: Act,
    *,
    key: str,
    name: str,
    measures: Sequence[str],
    by: str,
    conditions: Mapping[str, Sequence[str]],
    occurring: bool,
    version: int = 0,
) -> SavedTable:
    """Make a table, or change one (`version` > 0). `key` is its public id: sent twice, it is made once."""
    problems = list(_problems(act, name, measures, by, conditions))
    if problems:
        raise Rejected(problems)
    values = {
        "name": name.strip(),
        "measures": [measure for measure in MEASURES if measure in measures],
        "by": by,
        "conditions": {dimension: sorted(codes) for dimension, codes in conditions.items() if codes},
        "occurring": occurring,
        "changed_at": act.at,
    }
    if not version:
        made, _new = SavedTable.objects.get_or_create(
            public_id=key, defaults={**values, "owner_id": act.actor.user_id, "owner_name": act.actor.name}
        )
        return made
    table = SavedTable.objects.get(public_id=key)
    require_owner(act, table)
    step(table, version, **values)
    return table


@action(needs=COMPOSE, records="composing:saved_table:removed")
def remove_table(act: Act, *, table: SavedTable) -> None:
    """Remove a table no report uses; its history stays."""
    require_owner(act, table)
    try:
        table.delete()
    except ProtectedError as error:
        names = ", ".join(sorted({str(part.report) for part in error.protected_objects}))  # type: ignore[attr-defined]
        sentence = _("Bảng đang dùng trong báo cáo: %(names)s.") % {"names": names}
        raise Rejected([Problem("table_in_use", sentence, _("Bỏ bảng khỏi các báo cáo đó trước."))]) from error


def _problems(
    act: Act, name: str, measures: Sequence[str], by: str, conditions: Mapping[str, Sequence[str]]
) -> Iterator[Problem]:
    if not name.strip():
        yield Problem("name_missing", _("Chưa đặt tên bảng."), _("Ghi một tên nói rõ bảng đếm gì."), column="name")
    if not measures or set(measures) - set(MEASURES):
        yield Problem("measures_missing", _("Chưa chọn số liệu."), _("Chọn ít nhất một số liệu."), column="measures")
    if by and by not in DIMENSIONS:
        yield Problem("by_unknown", _("Không chia được theo “%(by)s”.") % {"by": by}, "", column="by")
    for dimension, codes in conditions.items():
        known = {code for code, _label in DIMENSIONS[dimension].choices(act.day)} if dimension in CONDITIONS else set()
        if unknown := sorted(set(codes) - known):
            sentence = _("Điều kiện có mã không thuộc danh mục: %(codes)s.") % {"codes": ", ".join(unknown)}
            yield Problem("condition_unknown", sentence, _("Chọn lại điều kiện."), column=dimension)
