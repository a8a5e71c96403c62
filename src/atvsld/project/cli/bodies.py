"""`atvsld bodies`: which body holds which function for which place on which day, and who manages which zone."""

from __future__ import annotations

from datetime import date, datetime

import click

from atvsld.project.cli import start
from atvsld.project.cli.output import json_option, print_json
from atvsld.project.cli.start import Failure

_DAY = click.DateTime(formats=["%Y-%m-%d", "%d/%m/%Y"])


@click.group("bodies")
def command() -> None:
    """Cơ quan, tổ chức: danh sách theo ngày, cơ quan giữ một chức năng, cơ quan quản lý khu."""


@command.command("list")
@click.option("--on", "day", type=_DAY, help="Các cơ quan của ngày này; mặc định hôm nay.")
@click.option("--all", "every", is_flag=True, help="Cơ quan của mọi ngày.")
@click.option("--function", default="", help="Chỉ cơ quan giữ chức năng này (osh_lead, health_lead, commune …).")
@click.option("--place", default="", help="Mã đơn vị hành chính; cùng --function: cơ quan giữ chức năng đó tại đây.")
@json_option
def list_bodies(*, day: datetime | None, every: bool, function: str, place: str, as_json: bool) -> None:
    """Các cơ quan, tổ chức với chức năng, khu quản lý và cơ quan trước, sau."""
    start.django()
    start.require_migrated()
    from atvsld.registers.bodies.functions import FUNCTIONS
    from atvsld.registers.bodies.listed import body_data, listed
    from atvsld.registers.places.queries import UnknownPlaceError

    if function and function not in FUNCTIONS:
        raise Failure(f"Không có chức năng “{function}”; có: {', '.join(FUNCTIONS)}.")
    try:
        found = listed(on=None if every else _day(day), function=function, place=place)
        rows = [body_data(body) for body in found.order_by("place__code", "code")]
    except UnknownPlaceError as error:
        raise Failure(str(error)) from error
    if as_json:
        print_json(rows)
        return
    for row in rows:
        span = f"{row['valid_from']} – {row['valid_to'] or 'nay'}"
        held = ", ".join(sorted({one["function"] for one in row["functions"]}))
        click.echo(f"{row['code']}\t{row['name']}\t{held}\t{span}")


@command.command()
@click.argument("function")
@click.argument("place")
@click.option("--on", "day", type=_DAY, help="Ngày; mặc định hôm nay.")
@click.option("--zone", default="", help="Tên khu mà cơ sở đứng trong đó, khi chức năng chia cho nhiều cơ quan.")
@json_option
def holder(*, function: str, place: str, day: datetime | None, zone: str, as_json: bool) -> None:
    """Cơ quan giữ CHỨC_NĂNG tại địa bàn mang MÃ vào một ngày (ví dụ osh_lead 20338 --on 2024-06-01)."""
    start.django()
    start.require_migrated()
    from atvsld.registers.bodies.listed import body_data
    from atvsld.registers.bodies.queries import HolderError
    from atvsld.registers.bodies.queries import holder as find_holder
    from atvsld.registers.places.queries import UnknownPlaceError, find

    on = _day(day)
    try:
        body = find_holder(function, find(place, on).pk, on, zone=zone)
    except (HolderError, UnknownPlaceError) as error:
        raise Failure(str(error)) from error
    print_json(body_data(body)) if as_json else click.echo(f"{body.name} ({body.code})")


@command.command()
@click.argument("name")
@click.option("--authority", required=True, help="Mã cơ quan quản lý.")
@click.option("--from", "since", type=_DAY, required=True, help="Quản lý từ ngày.")
@click.option("--basis", required=True, help="Căn cứ pháp lý.")
@click.option("--kind", type=click.Choice(["economic", "high_tech", "industrial", "cluster"]), default="industrial")
@json_option
def zone(*, name: str, authority: str, since: datetime, basis: str, kind: str, as_json: bool) -> None:
    """Ghi cơ quan quản lý khu TÊN từ một ngày; cơ quan trước kết thúc ngày liền trước."""
    start.django()
    start.require_migrated()
    from atvsld.platform.acts import Rejected
    from atvsld.registers.bodies.actions.zones import manage_zone
    from atvsld.registers.bodies.models import Body

    body = Body.objects.filter(code=authority).first()
    if body is None:
        raise Failure(f"Không có cơ quan mang mã {authority}.")
    try:
        made = manage_zone(
            start.command_line_act(name), name=name, body=body, since=since.date(), legal_basis=basis, kind=kind
        )
    except Rejected as error:
        raise Failure("\n".join(str(problem) for problem in error.problems)) from error
    told = {
        "zone": made.name,
        "code": made.code,
        "authority": body.code,
        "from": since.date().isoformat(),
    }
    print_json(told) if as_json else click.echo(f"{made.name}: {body.name} từ {since:%d/%m/%Y}")


def _day(moment: datetime | None) -> date:
    from atvsld.platform.acts import clock

    return moment.date() if moment else clock.local_day(clock.now())
