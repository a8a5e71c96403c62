"""The command `atvsld`: what it says when something is missing, and the whole of it running on one machine."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from atvsld.platform.database import EmbeddedServer
from atvsld.project import cli
from atvsld.project.cli import serve, setup, start

ROOT = Path(__file__).resolve().parents[2]
SECRET = "only-for-tests-" * 5


def command(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "atvsld.project.cli", *arguments]


def surroundings(home: Path, **more: str) -> dict[str, str]:
    """The environment of a person who set nothing but what is given."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("ATVSLD_", "DATABASE_URL"))}
    return {**kept, "PYTHONPATH": str(ROOT / "src"), "ATVSLD_HOME": str(home), **more}


def call(home: Path, *arguments: str, **more: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command(*arguments), env=surroundings(home, **more), capture_output=True, text=True, check=False, timeout=120
    )


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


@pytest.mark.parametrize("name", sorted(cli.COMMANDS))
def test_every_command_of_the_table_explains_itself(name: str) -> None:
    if name == "manage":
        pytest.skip("manage hands --help on to Django")
    told = CliRunner().invoke(cli.group, [name, "--help"])
    assert told.exit_code == 0, told.output
    assert "--help" in told.output


def test_a_command_that_does_not_exist_is_a_wrong_command_line() -> None:
    assert CliRunner().invoke(cli.group, ["nothing"]).exit_code == 2


@pytest.mark.slow
def test_a_mistyped_setting_is_named_and_nothing_starts(tmp_path: Path) -> None:
    done = call(tmp_path, "check", ATVSLD_SECRETKEY="x")
    assert done.returncode == 1
    assert "ATVSLD_SECRETKEY" in done.stderr
    assert "Traceback" not in done.stderr
    assert not (tmp_path / "postgres").exists()


@pytest.mark.slow
def test_an_unreadable_database_address_is_a_sentence(tmp_path: Path) -> None:
    done = call(tmp_path, "check", DATABASE_URL="mysql://an:hidden@host/db")
    assert done.returncode == 1
    assert "PostgreSQL" in done.stderr
    assert "hidden" not in done.stderr
    assert "Traceback" not in done.stderr


def test_a_port_in_use_is_said_with_another_one() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(start.Failure, match=f"127.0.0.1:{port}.*PORT={port % 65535 + 1}"):
            serve.require_free("127.0.0.1", port)


def test_a_real_installation_does_not_start_on_a_development_secret(settings: Any) -> None:
    settings.DEMO, settings.SECRET_IS_DEVELOPMENT = False, True
    with pytest.raises(start.Failure, match="ATVSLD_SECRET_KEY"):
        serve.require_own_secret()
    settings.SECRET_IS_DEVELOPMENT = False
    serve.require_own_secret()
    settings.DEMO, settings.SECRET_IS_DEVELOPMENT = True, True
    serve.require_own_secret()


@pytest.mark.django_db
def test_the_first_administrator_needs_a_password_worth_the_name(tmp_path: Path) -> None:
    from atvsld.platform.accounts.models import User
    from atvsld.registers.places.models import Place

    Place.objects.all().delete()
    Place.objects.create(
        code="01", name="Tỉnh Thử", name_folded="tinh thu", level="province", kind="tỉnh", valid_from="2025-07-01"
    )
    secret = tmp_path / "secret"
    options: dict[str, Any] = {
        "admin_email": "an@example.vn",
        "admin_name": "Nguyễn Thị An",
        "admin_password_file": secret,
        "province_code": None,
        "no_input": True,
    }
    secret.write_text("12345678\n")
    with pytest.raises(start.Failure):
        setup.first_administrator(**options)
    assert not User.objects.exists()
    assert not setup.has_administrator()
    secret.write_text("Cau-Lau-Song-Thu-8\n")
    assert setup.first_administrator(**options) == "an@example.vn"
    assert User.objects.get().check_password("Cau-Lau-Song-Thu-8")
    assert setup.has_administrator()
    with pytest.raises(start.Failure, match="99"):
        setup.first_administrator(**{**options, "province_code": "99"})


@pytest.mark.slow
def test_one_command_starts_everything_and_one_signal_stops_everything(tmp_path: Path) -> None:
    port = free_port()
    env = surroundings(tmp_path, ATVSLD_DEMO="0", ATVSLD_SECRET_KEY=SECRET, ATVSLD_WEB_WORKERS="1", PORT=str(port))
    running = subprocess.Popen(command("run"), env=env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    try:
        assert running.stdout is not None
        told = []
        for line in running.stdout:
            told.append(line)
            if "Ctrl-C" in line:
                break
        assert f"http://127.0.0.1:{port}/" in "".join(told)
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/readyz", timeout=10) as answer:
            assert json.loads(answer.read())["ready"] is True
        assert EmbeddedServer(tmp_path).status() is not None
        # A command beside the running system works on the same server and does not take it away.
        beside = call(tmp_path, "check", "--json", ATVSLD_SECRET_KEY=SECRET)
        assert beside.returncode == 0, beside.stdout + beside.stderr
        assert {check["level"] for check in json.loads(beside.stdout)["checks"]} <= {"ok", "warn"}
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/readyz", timeout=10) as answer:
            assert answer.status == 200
    finally:
        running.send_signal(signal.SIGINT)
        rest, _ = running.communicate(timeout=60)
    assert running.returncode == 0, rest
    assert "Đã dừng" in rest
    assert EmbeddedServer(tmp_path).status() is None
    with pytest.raises(OSError, match="refused"):
        socket.create_connection(("127.0.0.1", port), timeout=5)


@pytest.mark.slow
def test_children_end_when_their_supervisor_is_killed(tmp_path: Path) -> None:
    script = "import sys; from atvsld.project.cli import serve; serve._follow_parent(); import time; time.sleep(60)"
    child = subprocess.Popen(
        [sys.executable, "-c", script], env=surroundings(tmp_path), stdin=subprocess.PIPE, stderr=subprocess.DEVNULL
    )
    assert child.stdin is not None
    begun = time.monotonic()
    child.stdin.close()
    assert child.wait(timeout=30) == -signal.SIGTERM
    assert time.monotonic() - begun < 30
