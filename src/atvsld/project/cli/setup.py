"""`atvsld init`: an empty province with its reference data and its first administrator."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from atvsld.project.cli import prepare, start
from atvsld.project.cli.output import json_option, print_json

if TYPE_CHECKING:
    from atvsld.registers.places.models import Place

ROLE = "administrator"


@click.command()
@click.option("--admin-email", help="Thư điện tử (tên đăng nhập) của quản trị viên đầu tiên.")
@click.option("--admin-name", help="Họ và tên quản trị viên đầu tiên.")
@click.option(
    "--admin-password-file",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Tệp chứa mật khẩu; không có thì hỏi ở màn hình.",
)
@click.option("--province", "province_code", help="Mã tỉnh quản lý; không có thì hỏi khi có nhiều lựa chọn.")
@click.option("--no-input", is_flag=True, help="Không hỏi gì; thiếu thông tin thì dừng với lỗi.")
@json_option
def command(as_json: bool, **options: Any) -> None:
    """Lập hệ thống thật: bảng dữ liệu, pháp luật, bảng mã, địa bàn, cơ quan, quản trị viên đầu tiên.

    Chạy lại không làm mất gì: chỉ bổ sung phần còn thiếu (dùng cả khi nâng cấp phiên bản).
    """
    start.django()
    prepare.database()
    counts = prepare.reference_data()
    prepare.static_files()
    created = None if has_administrator() else first_administrator(**options)
    if as_json:
        print_json({"reference": counts, "administrator_created": created})
        return
    if created:
        click.echo(f"Đã tạo quản trị viên {created}.")
    click.echo("Hệ thống đã sẵn sàng. Chạy “atvsld serve” và “atvsld worker” (cần ATVSLD_SECRET_KEY).")


def has_administrator() -> bool:
    from atvsld.registers.offices.models import Office

    return Office.objects.filter(role=ROLE, user__is_active=True).exists()


def first_administrator(
    *,
    admin_email: str | None,
    admin_name: str | None,
    admin_password_file: Path | None,
    province_code: str | None,
    no_input: bool,
) -> str:
    """Create the account and its office; returns the name to sign in with. Raises Failure when something lacks."""
    if no_input and not (admin_email and admin_password_file):
        raise start.Failure("Thiếu quản trị viên đầu tiên: cần --admin-email và --admin-password-file.")
    email = admin_email or click.prompt("Thư điện tử của quản trị viên đầu tiên", err=True)
    name = admin_name or (email if no_input else click.prompt("Họ và tên", err=True))
    if admin_password_file:
        password = admin_password_file.read_text(encoding="utf-8").strip()
    else:
        password = click.prompt("Mật khẩu (từ 10 ký tự)", hide_input=True, confirmation_prompt="Nhập lại", err=True)
    place = _province(province_code, ask=not no_input)
    _create(email=email, name=name, password=password, place=place)
    return email


def _create(*, email: str, name: str, password: str, place: Place) -> None:
    from django.contrib.auth.password_validation import validate_password
    from django.core.exceptions import ValidationError
    from django.core.validators import validate_email

    from atvsld.platform.accounts.models import User
    from atvsld.platform.acts.act import Act, action
    from atvsld.registers.offices.models import Office

    user = User(username=email, email=email, full_name=name)
    try:
        validate_email(email)
        validate_password(password, user)
    except ValidationError as error:
        raise start.Failure(" ".join(error.messages)) from error

    @action(needs="offices:office:change", records="offices:administrator:installed")
    def install(act: Act) -> None:
        user.set_password(password)
        user.save()
        Office.objects.create(user=user, role=ROLE, place=place, valid_from=act.day)

    install(start.command_line_act("Quản trị viên đầu tiên của hệ thống"))


def _province(code: str | None, *, ask: bool) -> Place:
    """The place the first administrator reaches: named, or the only one that has communes, or asked for."""
    from atvsld.registers.places.models import Place

    provinces = Place.objects.filter(level=Place.Level.PROVINCE, valid_to__isnull=True)
    if code:
        found = provinces.filter(code=code).first()
        if found is None:
            raise start.Failure(f"Không có tỉnh, thành phố nào mang mã {code} đang còn hiệu lực.")
        return found
    choices = list(provinces.filter(children__isnull=False).distinct().order_by("code")) or list(provinces)
    if len(choices) == 1:
        return choices[0]
    if not choices:
        raise start.Failure("Chưa có địa bàn nào: dữ liệu địa bàn không được nạp.")
    if not ask:
        raise start.Failure("Có nhiều tỉnh, thành phố; hãy chọn bằng --province MÃ.")
    answer = click.prompt(
        "Mã tỉnh, thành phố quản lý",
        type=click.Choice([place.code for place in choices]),
        show_choices=len(choices) <= 40,
        err=True,
    )
    return next(place for place in choices if place.code == answer)
