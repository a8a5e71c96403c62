"""`atvsld plan settle`: open tasks of bodies that have ended go to whoever carries them on."""

from __future__ import annotations

from datetime import datetime

import click

from atvsld.project.cli import start as starting
from atvsld.project.cli.output import json_option, print_json
from atvsld.project.cli.start import command_line_act

_DAY = click.DateTime(formats=["%Y-%m-%d", "%d/%m/%Y"])


@click.command("settle")
@click.option("--on", "day", type=_DAY, help="Xét đến ngày này; mặc định hôm nay.")
@json_option
def settle(*, day: datetime | None, as_json: bool) -> None:
    """Chuyển nhiệm vụ đang làm của cơ quan đã kết thúc sang cơ quan kế thừa. Chạy lại không đổi gì thêm."""
    starting.django()
    starting.require_migrated()
    from atvsld.oversight.workplans import facade
    from atvsld.registers.bodies.models import Body

    act = command_line_act("Chuyển nhiệm vụ theo sắp xếp cơ quan")
    told = facade.settle_owners(act, on=day.date() if day else act.day)
    names = Body.objects.in_bulk(list(told.by_body))
    if as_json:
        by_body = {names[pk].code: count for pk, count in told.by_body.items()}
        print_json({"moved": told.moved, "unsure": told.unsure, "by_body": by_body})
        return
    for pk, count in sorted(told.by_body.items(), key=lambda pair: names[pair[0]].code):
        click.echo(f"{names[pk].name}: {count}")
    click.echo(f"Đã chuyển {told.moved} nhiệm vụ; cần rà lại nơi nhận: {told.unsure}.")
