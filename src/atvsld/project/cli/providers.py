"""`atvsld providers`: who may give a service on a day, and whether a result may stand."""

from __future__ import annotations

from datetime import date, datetime

import click

from atvsld.law.providers import ProviderKind
from atvsld.project.cli import start
from atvsld.project.cli.output import json_option, print_json
from atvsld.project.cli.start import Failure

_DAY = click.DateTime(formats=["%Y-%m-%d", "%d/%m/%Y"])
_KIND = click.Choice([kind.value for kind in ProviderKind])


@click.group("providers")
def command() -> None:
    """Tổ chức dịch vụ: huấn luyện, kiểm định, quan trắc, khám sức khỏe, khám bệnh nghề nghiệp, hợp quy."""


@command.command("list")
@click.option("--kind", type=_KIND, required=True, help="Loại dịch vụ.")
@click.option("--on", "day", type=_DAY, help="Ngày cần biết; mặc định hôm nay.")
@json_option
def list_working(*, kind: str, day: datetime | None, as_json: bool) -> None:
    """Các tổ chức được làm một dịch vụ vào một ngày."""
    start.django()
    start.require_migrated()
    from atvsld.registers.providers import facade, standing

    on = _on(day)
    found = [
        (provider, standing.standing(provider, standing.Matter(kind), on)) for provider in facade.working_on(kind, on)
    ]
    if as_json:
        print_json(
            [{"id": item.public_id, "name": item.name, "sentence": told.sentence} for item, told in found],
        )
        return
    for item, told in found:
        click.echo(f"{item.public_id}  {item.name}: {told.sentence}")
    click.echo(f"{len(found)} tổ chức, ngày {on:%d/%m/%Y}", err=True)


@command.command()
@click.argument("provider", metavar="MÃ")
@click.option("--kind", type=_KIND, required=True, help="Loại dịch vụ.")
@click.option("--scope", default="", help="Phạm vi, ví dụ group3; bỏ trống để chỉ xét loại dịch vụ.")
@click.option("--on", "day", type=_DAY, help="Ngày của kết quả; mặc định hôm nay.")
@json_option
def check(*, provider: str, kind: str, scope: str, day: datetime | None, as_json: bool) -> None:
    """Kết quả của tổ chức (MÃ hồ sơ) về một việc, vào một ngày, có trong phạm vi và hiệu lực không.

    Mã thoát 1 khi không có tổ chức ấy; phạm vi hay hiệu lực thế nào thì đọc trong kết quả.
    """
    start.django()
    start.require_migrated()
    from atvsld.registers.providers import queries, standing

    record = queries.public().filter(public_id=provider).first()
    if record is None:
        raise Failure(f"Không có tổ chức dịch vụ nào mang mã {provider}.")
    told = standing.standing(record, standing.Matter(kind, scope), _on(day))
    if as_json:
        print_json(
            {
                "clear": told.clear,
                "code": told.code,
                "sentence": told.sentence,
                "citation": str(told.citation) if told.citation else None,
                "status": told.status.value,
            }
        )
        return
    click.echo(f"{record.name}: {told.sentence}")
    if told.citation:
        click.echo(f"Căn cứ {told.citation} ({told.status.label_vi}).")


def _on(day: datetime | None) -> date:
    from atvsld.platform.acts import clock

    return day.date() if day else clock.local_day(clock.now())
