"""`atvsld report`: statutory tables and targets from the records, without the web process."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from atvsld.project.cli import report_verify, start
from atvsld.project.cli.output import write_file

if TYPE_CHECKING:
    from atvsld.platform.acts.errors import Refused, Rejected

FORMATS = ("json", "html", "docx", "pdf", "xlsx")


class Family(click.Group):
    """Fills a form, unless the first word names something else to be done with reports."""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args and args[0] in self.commands:
            return super().resolve_command(ctx, args)
        # No name of its own: people write `atvsld report BIỂU`.
        return "", fill, args


@click.command("report")
@click.argument("form", metavar="BIỂU")
@click.option("--period", "period", default="", help="Kỳ: 2024, 2024-H1 hoặc 2024-H2.")
@click.option("--establishment", default="", metavar="MST", help="Mã số thuế của cơ sở.")
@click.option("--place", default="", metavar="MÃ", help="Mã đơn vị hành chính.")
@click.option("--body", default="", metavar="MÃ", help="Mã cơ quan.")
@click.option("--basis", type=click.Choice(["place", "headquarters"]), default="place", show_default=True,
              help="Tính theo nơi xảy ra hay nơi đặt trụ sở chính.")  # fmt: skip
@click.option("--boundary", default="period_end", show_default=True,
              help="Địa giới: period_end, event, today hoặc một ngày 2026-07-01.")  # fmt: skip
@click.option("--format", "output_format", type=click.Choice(FORMATS), default="json", show_default=True)
@click.option(
    "-o",
    "--output",
    type=click.Path(dir_okay=False, allow_dash=True, path_type=Path),
    help="Ghi ra tệp; bỏ trống hoặc “-” thì in ra.",
)
@click.option("--json", "as_json", is_flag=True, help="Như --format json.")
def fill(
    *, form: str, period: str, establishment: str, place: str, body: str, basis: str, boundary: str,
    output_format: str, output: Path | None, as_json: bool,
) -> None:  # fmt: skip
    """Lập BIỂU (mã biểu, xem “atvsld law forms”) hoặc chỉ tiêu (II.1) từ hồ sơ.

    Không nêu đối tượng thì lập cho cả tỉnh. Ví dụ:

      atvsld report ND39-XIV --period 2025 --format docx -o bao-cao.docx

    Đối chiếu một báo cáo đã in: atvsld report verify TỆP.
    """
    start.django()
    start.require_migrated()
    from atvsld.platform.acts.errors import Refused, Rejected

    wanted = "json" if as_json else output_format
    try:
        if form.upper().startswith("II."):
            content = _target(form.upper(), place=place, basis=basis, boundary=boundary, wanted=wanted)
        else:
            content = _form(
                form.upper(), period=period, establishment=establishment, place=place, body=body, basis=basis,
                boundary=boundary, wanted=wanted,
            )  # fmt: skip
    except (Rejected, Refused) as error:
        raise start.Failure(_sentences(error)) from error
    write_file(content, output)


# Everything that is not a verb of the family goes to `fill`, options before the form included.
command = Family(
    "report", add_help_option=False, short_help="Lập biểu từ hồ sơ; đối chiếu báo cáo đã in.",
    context_settings={"ignore_unknown_options": True}, commands={"verify": report_verify.command},
)  # fmt: skip


def _form(code: str, *, period: str, wanted: str, **subject: str) -> bytes:
    from atvsld.oversight.reporting import service
    from atvsld.oversight.reporting.files import as_file

    if not period:
        raise click.UsageError("Thiếu --period, ví dụ --period 2024.")
    act = start.command_line_act()
    report = service.produce(act.actor, service.Request(code, period, **subject), at=act.at)
    return as_file(replace(report, synthetic=start.holds_demo()), wanted)[0]


def _target(code: str, *, place: str, basis: str, boundary: str, wanted: str) -> bytes:
    from atvsld.documents.render import render
    from atvsld.oversight.indicators import paper, service

    if code != "II.1":
        raise start.Failure(f"Chỉ tiêu {code} chưa có sổ dữ liệu để tính; hiện tính được II.1.")
    act = start.command_line_act()
    report = service.fatal_rate(act.actor, place=place, basis=basis, boundary=boundary, at=act.at)
    report = replace(report, synthetic=start.holds_demo())
    if wanted == "json":
        return _json(report.to_json())
    return render(paper.document(report), wanted)


def _json(value: object) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=2) + "\n").encode()


def _sentences(error: Rejected | Refused) -> str:
    return str(error)
