"""`atvsld demo`: the synthetic province for trying out and for teaching."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import click

from atvsld.project.cli import prepare, start
from atvsld.project.cli.output import json_option, print_json, progress


@click.command()
@click.option("--seed", default=2026, show_default=True, help="Số gieo: cùng số thì cùng dữ liệu.")
@click.option("--scale", default=1.0, show_default=True, type=click.FloatRange(0.01, 2000), help="Nhân số vụ lên.")
@click.option(
    "--workbook",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Ghi thêm tệp Excel mẫu các vụ mới để thử nhập dữ liệu.",
)
@json_option
def command(as_json: bool, seed: int, scale: float, workbook: Path | None) -> None:
    """Lập tỉnh mẫu: cơ sở, tai nạn, tài khoản dùng thử. Mọi thứ đều là tổng hợp, không có thật.

    Chạy lại khi đã có tỉnh mẫu: không thêm gì, chỉ in tài khoản (và ghi tệp Excel nếu được yêu cầu).
    """
    start.django()
    prepare.database()
    from atvsld.platform.accounts.models import User
    from atvsld.project import demo
    from atvsld.project.demo.template import demo_template

    counts: dict[str, int] = {}
    if not demo.exists():
        if User.objects.exists():
            raise start.Failure("Cơ sở dữ liệu này đang có dữ liệu thật; không nạp tỉnh mẫu vào.")
        counts = demo.build(seed=seed, scale=scale, progress=progress)
    if workbook is not None:
        demo_template(workbook)
    if as_json:
        print_json({"created": counts, "logins": [asdict(login) for login in demo.logins()]})
        return
    for name, count in counts.items():
        click.echo(f"{name}: {count}")
    click.echo("DỮ LIỆU MẪU – TỔNG HỢP. Tài khoản dùng thử:")
    for login in demo.logins():
        click.echo(f"  {login.username:<14} {login.password:<20} {login.role}")
