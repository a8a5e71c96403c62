"""`atvsld duties --establishment …`: the reports one reporter owes, each with its why."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from atvsld.project.cli import start
from atvsld.project.cli.output import print_json
from atvsld.project.cli.start import Failure

if TYPE_CHECKING:
    from atvsld.oversight.obligations.facade import Expected

_OWED = {True: "PHẢI NỘP", False: "không phải nộp", None: "chưa xác định"}


def show(register: str, code: str, *, year: int | None, moment: str, as_json: bool) -> None:
    """Print every report of a year that the reporter owes, does not owe, or of which that cannot be told."""
    start.django()
    start.require_migrated()
    from atvsld.oversight.obligations import facade
    from atvsld.platform.acts import clock
    from atvsld.project.cli.duties import moment_of

    today = clock.local_day(moment_of(moment))
    found = facade.of_reporter(register, _pk(register, code), year or today.year, today=today)
    if as_json:
        print_json([one.to_json() for one in found])
        return
    for one in found:
        click.echo(_line(one))
    click.echo(f"{sum(one.verdict.owes is True for one in found)} việc phải báo cáo, công bố")


def _line(one: Expected) -> str:
    term = one.term
    last = f"ngày cuối {term.last_ok:%d/%m/%Y}" if term.last_ok else "không ấn định ngày"
    state = f" · {one.state.label}" if one.state else ""
    why = " ".join(reason.said.vi for reason in one.verdict.deciding)
    return (
        f"{_OWED[one.verdict.owes]} · {last} · {term.duty.id} {term.period.code} · {term.rule.label.vi}{state} · {why}"
    )


def _pk(register: str, code: str) -> int:
    """The reporter of a code; `Failure` when the register has none."""
    from django.db.models import Q

    from atvsld.registers.bodies.models import Body
    from atvsld.registers.establishments.facade import match_tax_codes
    from atvsld.registers.providers.models import ServiceProvider

    found: Any = None
    if register == "establishments":
        found = match_tax_codes([code]).get(code)
    elif register == "bodies":
        found = Body.objects.filter(code=code).values_list("pk", flat=True).first()
    else:
        held = ServiceProvider.objects.filter(Q(tax_code=code) | Q(public_id=code))
        found = held.values_list("pk", flat=True).first()
    if found is None:
        raise Failure(f"Danh bạ không có đơn vị nào mang mã {code}. Kiểm tra lại mã rồi gọi lại.")
    return int(found)
