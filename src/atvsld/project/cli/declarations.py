"""`atvsld declarations`: declarations and notices received, for a look from the terminal."""

from __future__ import annotations

import click

from atvsld.project.cli import start
from atvsld.project.cli.output import json_option, print_json


@click.group("declarations")
def command() -> None:
    """Khai báo, tin báo tai nạn lao động."""


@command.command("list")
@click.option("--kind", default="", help="Loại tin, ví dụ employer, commune, family.")
@click.option("--limit", default=50, show_default=True, type=click.IntRange(1, 1000), help="Số dòng mới nhất.")
@json_option
def list_declarations(*, kind: str, limit: int, as_json: bool) -> None:
    """Các khai báo mới nhất, bản cuối của mỗi khai báo. Người báo tin không bao giờ in ra."""
    start.django()
    start.require_migrated()
    from django.utils import timezone

    from atvsld.casework.accidents.declarations.models import Declaration
    from atvsld.casework.accidents.declarations.timing import timing
    from atvsld.law import load_book

    newest = Declaration.objects.filter(superseded_by__isnull=True).select_related("case", "place")
    rows = (newest.filter(kind=kind) if kind else newest).order_by("-received_at", "-pk")[:limit]
    book = load_book()
    if as_json:
        plain = ("number", "kind", "channel", "stage", "version")
        print_json(
            [
                {name: getattr(row, name) for name in plain}
                | {
                    "id": row.public_id,
                    "received_at": row.received_at.isoformat(),
                    "case": row.case.number if row.case else None,
                    "late": timing(book, row).late,
                }
                for row in rows
            ]
        )
        return
    for row in rows:
        case = row.case.number if row.case else "–"
        received = timezone.localtime(row.received_at)
        click.echo(f"{row.number}  {received:%d/%m/%Y %H:%M}  {row.get_kind_display()}  {case}  {row.place.name}")
    click.echo(f"{len(rows)} khai báo", err=True)
