"""`atvsld workers`: who is on the register of workers; identity numbers are always masked."""

from __future__ import annotations

from typing import Any

import click

from atvsld.project.cli import imports, start
from atvsld.project.cli.output import json_option, print_json


@click.group("workers")
def command() -> None:
    """Người lao động: danh sách, tìm, nhập từ tệp. Số định danh luôn được che."""


@command.command("list")
@click.option("--tax-code", default="", help="Chỉ người đang làm cho cơ sở mang mã số thuế này.")
@click.option("--group", default="", help="Chỉ người hôm nay thuộc nhóm đặc thù này, ví dụ minor.")
@click.option("--limit", default=200, show_default=True, type=click.IntRange(1, 10_000))
@json_option
def list_workers(*, tax_code: str, group: str, limit: int, as_json: bool) -> None:
    """Người lao động theo thứ tự tên."""
    start.django()
    start.require_migrated()
    from atvsld.law.worker_groups import WorkerGroup
    from atvsld.platform.acts import clock
    from atvsld.registers.workers import groups, queries
    from atvsld.registers.workers.models import Worker

    found = queries.with_parts(Worker.objects.order_by("name_folded", "pk"))
    if tax_code:
        found = found.filter(establishment__tax_code=tax_code)
    if group:
        if group not in set(WorkerGroup):
            raise click.UsageError(f"Không có nhóm “{group}”. Các nhóm: {', '.join(WorkerGroup)}.")
        found = groups.in_group(found, WorkerGroup(group), clock.local_day(clock.now()))
    _show(found[:limit], as_json=as_json)


@command.command("find")
@click.argument("text", metavar="CHỮ")
@json_option
def find(*, text: str, as_json: bool) -> None:
    """Tìm theo một phần tên (có dấu hay không) hoặc cả số định danh."""
    start.django()
    start.require_migrated()
    from atvsld.registers.workers import queries
    from atvsld.registers.workers.models import Worker

    found = queries.search(queries.with_parts(Worker.objects.order_by("name_folded", "pk")), text)
    _show(found[:50], as_json=as_json)


@command.command("import")
@imports.file_options
def take_in(**given: Any) -> None:
    """Nhập người lao động từ TỆP; như “atvsld import workers”."""
    imports.take_in("workers", **given)


def _show(found: Any, *, as_json: bool) -> None:
    from atvsld.platform.acts import clock
    from atvsld.registers.workers import groups, identity_numbers

    today = clock.local_day(clock.now())
    rows = [
        {
            "id": worker.public_id,
            "name": worker.name,
            "birth_date": worker.birth_date,
            "sex": worker.sex,
            "identity_masked": identity_numbers.mask(worker.identity_sealed),
            "establishment_tax_code": worker.establishment.tax_code if worker.establishment else None,
            "place_code": worker.place.code if worker.place else None,
            "protected_groups": [group.value for group in groups.groups_on(worker, today)],
        }
        for worker in found
    ]
    if as_json:
        print_json(rows)
        return
    for row in rows:
        born = f"{row['birth_date']:%d/%m/%Y}" if row["birth_date"] else "chưa rõ ngày sinh"
        where = row["establishment_tax_code"] or row["place_code"] or "–"
        click.echo(f"{row['id']}  {row['name']}, {born}, {where} {row['identity_masked']}".rstrip())
    click.echo(f"{len(rows)} người", err=True)
