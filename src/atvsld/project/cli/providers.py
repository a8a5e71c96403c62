"""`atvsld providers`: who may give a service on a day, and whether a result may stand."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any

import click

from atvsld.law.providers import ProviderKind
from atvsld.project.cli import imports, start
from atvsld.project.cli.output import json_option, print_json
from atvsld.project.cli.start import Failure

if TYPE_CHECKING:
    from atvsld.registers.providers.models import ServiceProvider

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
    record = _provider(provider)
    from atvsld.registers.providers import standing

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


@command.command("find")
@click.argument("text", metavar="CHỮ")
@json_option
def find(*, text: str, as_json: bool) -> None:
    """Tìm theo một phần tên (có dấu hay không), số giấy tờ hoặc mã số thuế."""
    start.django()
    start.require_migrated()
    from atvsld.registers.providers import queries

    found = list(queries.search(queries.public(), text).order_by("name_folded")[:50])
    if as_json:
        print_json([{"id": item.public_id, "name": item.name, "tax_code": item.tax_code} for item in found])
        return
    for item in found:
        click.echo(f"{item.public_id}  {item.name}{f', MST {item.tax_code}' if item.tax_code else ''}")
    click.echo(f"{len(found)} tổ chức", err=True)


@command.command("show")
@click.argument("provider", metavar="MÃ")
@click.option("--on", "day", type=_DAY, help="Ngày cần biết; mặc định hôm nay.")
@json_option
def show(*, provider: str, day: datetime | None, as_json: bool) -> None:
    """Giấy tờ, phạm vi, đình chỉ của một tổ chức và tình trạng từng dịch vụ vào một ngày."""
    record = _provider(provider)
    from atvsld.registers.providers import standing

    on = _on(day)
    told = {kind: standing.standing(record, standing.Matter(kind), on) for kind in standing.kinds(record)}
    if as_json:
        print_json(_told(record) | {"services": {kind: found.sentence for kind, found in told.items()}})
        return
    click.echo(record.name)
    for kind, found in told.items():
        click.echo(f"  {ProviderKind(kind).value}: {found.sentence}")
    for held in record.qualifications.all():
        click.echo(f"  {held}: từ {held.valid_from:%d/%m/%Y}; phạm vi {', '.join(held.scopes) or 'theo hạng'}")
    for stop in record.suspensions.all():
        end = f"{stop.ends_on:%d/%m/%Y}" if stop.ends_on else "chưa kết thúc"
        click.echo(f"  Đình chỉ {stop.starts_on:%d/%m/%Y} – {end}: {stop.decision}")


@command.command("import")
@imports.file_options
def take_in(**given: Any) -> None:
    """Nhập tổ chức dịch vụ từ TỆP; như “atvsld import service-providers”."""
    imports.take_in("service-providers", **given)


def _told(record: ServiceProvider) -> dict[str, Any]:
    from atvsld.registers.providers import standing

    plain = ("kind", "form", "class_name", "number", "issuer", "valid_from", "withdrawn_on", "scopes")
    stop = ("kind", "starts_on", "ends_on", "decision")
    return {
        "id": record.public_id,
        "name": record.name,
        "tax_code": record.tax_code,
        "ceased_on": record.ceased_on,
        "papers": [
            {name: getattr(held, name) for name in plain} | {"ends_on": standing.ends_on(held)}
            for held in record.qualifications.all()
        ],
        "suspensions": [{name: getattr(held, name) for name in stop} for held in record.suspensions.all()],
    }


def _provider(public_id: str) -> ServiceProvider:
    start.django()
    start.require_migrated()
    from atvsld.registers.providers import queries

    record = queries.public().filter(public_id=public_id).first()
    if record is None:
        raise Failure(f"Không có tổ chức dịch vụ nào mang mã {public_id}.")
    return record


def _on(day: datetime | None) -> date:
    from atvsld.platform.acts import clock

    return day.date() if day else clock.local_day(clock.now())
