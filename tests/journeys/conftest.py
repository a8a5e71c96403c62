"""A small demo province behind a real web server, made once for this package, on a database of its own.

The moment is fixed, so that "this year" on the pages and in the pictures is the demo's last year.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import time_machine
from tests.journeys import walking

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

NOW = "2026-11-05T09:00:00+07:00"
# Pictures for the guide want a province of the size people will see; journeys want to begin soon.
SCALE = 1.0 if os.environ.get("UPDATE_IMAGES") else 0.12


@dataclass(frozen=True)
class Province:
    """The server's address, and how to do what its worker would."""

    url: str
    name: str

    def work(self) -> None:
        """Do the jobs that wait, as `atvsld worker` does; in a thread, for the browser's loop holds this one."""
        walking.aside(walking.run_waiting_jobs)


@contextmanager
def _own_database() -> Iterator[str]:
    """A copy of the empty, migrated test database; the tests of other packages never see what is written here."""
    from django.db import connections

    default = connections["default"]
    held = connections.settings["default"]["NAME"]
    copy = f"{held}_journeys"
    connections.close_all()
    with default._nodb_cursor() as cursor:
        cursor.execute(f'drop database if exists "{copy}" with (force)')
        # A database can be copied only while nobody is in it; threads of earlier tests may have left sessions.
        cursor.execute("select pg_terminate_backend(pid) from pg_stat_activity where datname = %s", [held])
        cursor.execute(f'create database "{copy}" template "{held}"')
    _point_to(copy)
    try:
        yield copy
    finally:
        connections.close_all()
        _point_to(held)
        with default._nodb_cursor() as cursor:
            cursor.execute(f'drop database if exists "{copy}" with (force)')


def _point_to(name: str) -> None:
    from django.db import connections

    connections.close_all()
    # New threads take their settings from here; this thread's connection holds its own.
    connections.settings["default"]["NAME"] = connections["default"].settings_dict["NAME"] = name


@pytest.fixture(scope="package")
def db(django_db_setup: None, django_db_blocker: Any) -> Iterator[str]:
    """The demo province's database. Called `db` so that the plugin prepares the empty one it is copied from."""
    from atvsld.project import demo

    with django_db_blocker.unblock(), _own_database() as name, time_machine.travel(NOW):
        demo.build(scale=SCALE)
        yield name


@pytest.fixture(scope="package")
def province(db: str) -> Iterator[Province]:
    from django.test.utils import override_settings
    from pytest_django.live_server_helper import LiveServer

    with override_settings(ALLOWED_HOSTS=["localhost", "testserver"], DEMO=True):
        server = LiveServer("localhost")
        try:
            yield Province(server.url, db)
        finally:
            server.stop()


@pytest.fixture(scope="package")
def keys(province: Province, browser: Browser) -> Callable[[str], Any]:
    """The cookies of a signed-in demo account; each account signs in once, on the real page."""
    held: dict[str, Any] = {}

    def of(username: str) -> Any:
        if username not in held:
            context = browser.new_context(locale="vi-VN", base_url=province.url)
            walking.sign_in(context.new_page(), username)
            held[username] = context.storage_state()
            context.close()
        return held[username]

    return of


@pytest.fixture
def window(province: Province, browser: Browser, keys: Callable[[str], Any]) -> Iterator[Callable[..., Page]]:
    """`window("canbo")`: a page of that account's own browser; `width=360` for a phone, `script=False` without."""
    opened: list[BrowserContext] = []

    def open_window(
        username: str | None = None, *, width: int = 1366, script: bool = True, english: bool = False
    ) -> Page:
        context = browser.new_context(
            base_url=province.url,
            storage_state=keys(username) if username else None,
            locale="vi-VN",
            timezone_id="Asia/Ho_Chi_Minh",
            viewport={"width": width, "height": 780 if width < 600 else 850},
            java_script_enabled=script,
            accept_downloads=True,
        )
        context.set_default_timeout(15_000)
        if english:
            context.add_cookies([{"name": "django_language", "value": "en", "url": province.url}])
        opened.append(context)
        return walking.watched(context.new_page())

    yield open_window
    for context in opened:
        context.close()


@pytest.fixture(scope="package")
def workbook(province: Province, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo's ready workbook of new accidents."""
    from atvsld.project.demo.template import demo_template

    path = tmp_path_factory.mktemp("tep") / "mau.xlsx"
    walking.aside(lambda: demo_template(path))
    return path
