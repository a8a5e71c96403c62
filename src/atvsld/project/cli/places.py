"""`atvsld places`: which unit was that, and the reorganisation of units."""

from __future__ import annotations

from datetime import date, datetime

import click

from atvsld.project.cli import start
from atvsld.project.cli.output import json_option, print_json
from atvsld.project.cli.start import Failure

_DAY = click.DateTime(formats=["%Y-%m-%d", "%d/%m/%Y"])


@click.group("places")
def command() -> None:
    """Địa bàn: tra đơn vị hành chính theo ngày, sắp xếp đơn vị hành chính."""


@command.command()
@click.argument("code")
@click.option("--from", "since", type=_DAY, help="Ngày mà mã được dùng; mặc định hôm nay.")
@click.option("--to", "until", type=_DAY, help="Ngày cần biết; mặc định hôm nay.")
@json_option
def trace(*, code: str, since: datetime | None, until: datetime | None, as_json: bool) -> None:
    """Đơn vị mang MÃ vào một ngày nay (hoặc trước đó) là đơn vị nào.

    Đi tới, các tỷ phần cộng lại bằng 1. Đi lui, tỷ phần là phần của đơn vị cũ đã nhập vào.
    """
    start.django()
    start.require_migrated()
    from atvsld.registers.places import queries

    try:
        found = queries.trace(code, _day(since), _day(until))
    except queries.UnknownPlaceError as error:
        raise Failure(str(error)) from error
    if as_json:
        print_json(found.to_json())
        return
    click.echo(f"{found.unit.name} ({found.unit.code}), ngày {found.unit_on:%d/%m/%Y}")
    click.echo(f"Ngày {found.asked_on:%d/%m/%Y}:")
    for landing in found.landings:
        share = f"{landing.share * 100:.2f}".rstrip("0").rstrip(".").replace(".", ",")
        mark = " (ước lượng)" if landing.estimate else ""
        basis = f" – {landing.basis}" if landing.basis else ""
        click.echo(f"  {landing.node.name} ({landing.node.code}): {share} %{mark}{basis}")
    if not found.landings:
        click.echo("  không có đơn vị kế thừa trực tiếp")


def _day(moment: datetime | None) -> date:
    from atvsld.platform.acts import clock

    return moment.date() if moment else clock.local_day(clock.now())
