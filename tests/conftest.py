"""What all tests share: their own data folder, their own PostgreSQL, a real browser.

ATVSLD_TEST_HOME says where (default var/test). The server is started by the first test that needs a database and
stopped at the end; with DATABASE_URL that server is used instead. Tests of the pure rings start nothing.
"""

from __future__ import annotations

import contextlib
import os
import signal
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from tests import browser as chromium

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

ROOT = Path(__file__).resolve().parents[1]
HOME = Path(os.environ.get("ATVSLD_TEST_HOME") or ROOT / "var" / "test").resolve()
BROWSER_FIXTURES = {"browser", "page"}

# Before the settings are read: nothing of a developer's own installation may leak into the tests.
os.environ["DJANGO_SETTINGS_MODULE"] = "atvsld.project.settings"
os.environ["ATVSLD_HOME"] = str(HOME)
for name in ("ATVSLD_DEMO", "ATVSLD_DEBUG", "ATVSLD_ORIGIN", "ATVSLD_HOSTS", "ATVSLD_BEHIND_TLS", "ATVSLD_SECRET_KEY"):
    os.environ.pop(name, None)
# Playwright's blocking interface keeps an event loop in this thread; Django would refuse to query beside it.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")


def pytest_configure(config: pytest.Config) -> None:
    # Asked to stop, the run still ends in order: browsers close, the server stops, the summary is printed.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    from django.conf import settings

    # A pool would keep connections to the test database open while it is being dropped.
    settings.DATABASES["default"]["OPTIONS"].pop("pool", None)
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    # Without collecting static files first: names stay as they are.
    settings.STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.WHITENOISE_USE_FINDERS = settings.WHITENOISE_AUTOREFRESH = True


@pytest.fixture(scope="session")
def django_db_keepdb() -> bool:
    """The database made below is the one to use: pytest-django neither makes nor drops it."""
    return True


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings_parallel_suffix: None, django_db_blocker: Any
) -> Iterator[None]:
    """The server runs as long as the session has a database; parallel processes share it, each with its own copy."""
    from tests import database

    from atvsld.platform.database import EmbeddedServer

    with contextlib.nullcontext() if os.environ.get("DATABASE_URL") else EmbeddedServer(HOME, durable=False).lease():
        with django_db_blocker.unblock():
            database.prepare()
        yield


def pytest_unconfigure(config: pytest.Config) -> None:
    """The server goes even when the processes that used it were killed before they could stop it."""
    if not hasattr(config, "workerinput") and not os.environ.get("DATABASE_URL"):
        from atvsld.platform.database import EmbeddedServer

        EmbeddedServer(HOME, durable=False).stop_unused()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    found = chromium.find()
    if found is None:
        pytest.skip("không có Chromium; cài bằng: python -m tests.browser")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        running = found.launch(playwright)
        yield running
        running.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A fresh window of an officer's screen: Vietnamese, Viet Nam time, no cookies of other tests."""
    context = browser.new_context(
        locale="vi-VN", timezone_id="Asia/Ho_Chi_Minh", viewport={"width": 1366, "height": 850}
    )
    context.set_default_timeout(15_000)
    yield context.new_page()
    context.close()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if BROWSER_FIXTURES & set(getattr(item, "fixturenames", ())):
            item.add_marker(pytest.mark.browser)


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """Say by name which browser tests did not run: a silent skip would look like a pass."""
    skipped = [report for report in terminalreporter.stats.get("skipped", []) if "browser" in report.keywords]
    if skipped:
        terminalreporter.section("kiểm thử trình duyệt KHÔNG chạy (không có Chromium)")
        for report in skipped:
            terminalreporter.write_line(f"  {report.nodeid}")
