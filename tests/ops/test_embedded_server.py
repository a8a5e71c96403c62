"""The embedded PostgreSQL server: shared by leases, private, stopped by the last to leave."""

from __future__ import annotations

import os
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from atvsld.platform.database import DatabaseUrlError, EmbeddedError, EmbeddedServer, connection_settings
from atvsld.platform.database.settings import parse_url

pytestmark = pytest.mark.slow
ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[EmbeddedServer]:
    found = EmbeddedServer(tmp_path_factory.mktemp("chủ") / "dữ liệu", durable=False)
    yield found
    found.stop()


def answer(server: EmbeddedServer, query: str) -> object:
    with psycopg.connect(server.uri()) as link:
        row = link.execute(query).fetchone()  # type: ignore[arg-type]
    assert row is not None
    return row[0]


def test_the_connection_is_known_before_the_first_start_and_works_after_it(server: EmbeddedServer) -> None:
    told = server.connection()
    assert server.status() is None
    with server.lease():
        assert server.connection() == told
        assert answer(server, "SELECT lower('ĐIỆN BÀN')") == "điện bàn"
    assert server.status() is None


def test_nobody_else_can_read_the_password_or_enter_without_it(server: EmbeddedServer) -> None:
    with server.lease():
        secret = server.home / "postgres.secret"
        assert stat.S_IMODE(secret.stat().st_mode) == 0o600
        with pytest.raises(psycopg.OperationalError):
            psycopg.connect(server.uri().replace(secret.read_text(encoding="utf-8"), "wrong"))
        assert answer(server, "SHOW listen_addresses") == ""


def test_the_server_stays_until_the_last_lease_ends(server: EmbeddedServer) -> None:
    with server.lease():
        with EmbeddedServer(server.home, durable=False).lease():
            running = server.status()
        assert server.status() == running
        assert running is not None
    assert server.status() is None


def test_what_a_killed_process_left_running_is_stopped_when_nobody_uses_it(server: EmbeddedServer) -> None:
    server.start()
    with EmbeddedServer(server.home, durable=False).lease():
        server.stop_unused()
        assert server.status() is not None
    server.start()
    assert server.status() is not None
    server.stop_unused()
    assert server.status() is None


def test_processes_that_start_together_share_one_server(server: EmbeddedServer) -> None:
    script = (
        "import sys; from pathlib import Path; from atvsld.platform.database import EmbeddedServer\n"
        "server = EmbeddedServer(Path(sys.argv[1]), durable=False)\n"
        "with server.lease(): print(server.status(), flush=True); sys.stdin.read()"
    )
    command = [sys.executable, "-c", script, str(server.home)]
    env = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
    many = [subprocess.Popen(command, text=True, env=env, **pipes) for _ in range(3)]
    told = {process.stdout.readline().strip() for process in many if process.stdout}
    assert len(told) == 1
    assert told != {"None"}
    for process in many:
        process.communicate("")
        assert process.returncode == 0
    assert server.status() is None


def test_a_server_killed_in_the_middle_comes_back_with_what_was_committed(server: EmbeddedServer) -> None:
    with server.lease():
        answer(server, "SELECT 1")
        with psycopg.connect(server.uri(), autocommit=True) as link:
            link.execute("CREATE TABLE IF NOT EXISTS kept AS SELECT 42 AS value")
            link.execute("CHECKPOINT")
        killed = server.status()
        assert killed is not None
        os.kill(killed, signal.SIGKILL)
    with server.lease():
        assert server.status() != killed
        assert answer(server, "SELECT value FROM kept") == 42


def test_a_left_over_process_id_of_somebody_else_does_not_stop_the_start(server: EmbeddedServer) -> None:
    with server.lease():
        pass
    other = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
    try:
        (server.data / "postmaster.pid").write_text(f"{other.pid}\n{server.data}\n{int(time.time())}\n5432\n")
        assert server.status() is None
        with server.lease():
            assert server.status() not in {None, other.pid}
    finally:
        other.kill()
        other.wait()


def test_a_path_too_long_for_a_socket_gets_a_short_private_folder(tmp_path: Path) -> None:
    server = EmbeddedServer(tmp_path / ("rất-dài-" * 12), durable=False)
    with server.lease():
        assert server.socket_folder != server.data
        assert stat.S_IMODE(server.socket_folder.stat().st_mode) == 0o700
        assert answer(server, "SELECT 1") == 1


def test_a_lost_password_file_is_named_and_nothing_is_overwritten(tmp_path: Path) -> None:
    server = EmbeddedServer(tmp_path)
    server.data.mkdir()
    (server.data / "PG_VERSION").write_text("18")
    with pytest.raises(EmbeddedError, match=r"postgres\.secret"):
        server.connection()


def test_an_address_becomes_settings_with_everything_unknown_kept_as_an_option(tmp_path: Path) -> None:
    found = connection_settings(tmp_path, "postgresql://an:m%40t@db.example:5433/tinh?sslmode=require")
    named = {key: found[key] for key in ("HOST", "PORT", "USER", "PASSWORD", "NAME")}
    assert named == {"HOST": "db.example", "PORT": "5433", "USER": "an", "PASSWORD": "m@t", "NAME": "tinh"}
    assert found["OPTIONS"]["sslmode"] == "require"
    assert found["OPTIONS"]["pool"]["timeout"] == 10
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("url", ["sqlite:///db", "postgresql://an:secret@host:port:x/", "postgresql://an:secret@host"])
def test_an_unreadable_address_is_refused_without_repeating_the_password(url: str) -> None:
    with pytest.raises(DatabaseUrlError) as caught:
        parse_url(url)
    assert "secret" not in str(caught.value)
