"""A real server with a database of its own, and a real browser; one pair for all browser tests."""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, Playwright

from panoh.web.embedded import parameters

ARGUMENTS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage",
]  # fmt: skip
START_SECONDS = 300  # on a machine that does other work as well
PANOH = [sys.executable, "-c", "from panoh.web.cli import main; main()"]


@dataclass(frozen=True)
class Server:
    """A running Panoh: its address and the demonstration's accounts."""

    address: str
    accounts: dict[str, str]
    home: Path


@pytest.fixture(scope="session")
def server(make_home: Callable[[Path], None]) -> Iterator[Server]:
    """Serve a small demonstration on a free port, and end it with all it started."""
    home = Path(tempfile.mkdtemp(prefix="panoh-browser-"))
    make_home(home)
    hidden = {"DATABASE_URL", "PANOH_DB_NAME", "PANOH_DB_POOL", "PANOH_DB_ROLE", "DJANGO_SETTINGS_MODULE"}
    environment = {name: value for name, value in os.environ.items() if name not in hidden}
    environment |= {"PANOH_HOME": str(home), "PANOH_PG_FAST": "1"}
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [*PANOH, "demo", "--families", "30", "--port", str(port)]
    process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        address = f"http://127.0.0.1:{port}"
        _wait_for(address + "/account/sign-in/", process)
        accounts = json.loads((home / "demo-sign-ins.json").read_text())
        yield Server(address, {entry["username"]: entry["password"] for entry in accounts}, home)
    finally:
        process.terminate()
        process.wait(20)
        subprocess.run([*PANOH, "db", "down"], env=environment, capture_output=True, check=False)
        shutil.rmtree(home, ignore_errors=True)


@pytest.fixture(autouse=True)
def tries_forgotten(server: Server) -> None:
    """Forget who signed in: all tests do from one address, at which a minute has thirty tries."""
    with psycopg.connect(**parameters(server.home, "owner")) as connection:
        connection.execute("delete from access_cache")


def _wait_for(address: str, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        assert process.poll() is None, "the server ended before it answered"
        try:
            urllib.request.urlopen(address, timeout=2).read()
        except OSError:
            time.sleep(0.2)
        else:
            return
    raise AssertionError("the server did not answer in time")


@pytest.fixture(scope="session")
def chromium(playwright: Playwright) -> Iterator[Browser]:
    """Give the machine's own Chromium."""
    names = ("chromium-headless-shell", "chromium", "google-chrome")
    path = os.environ.get("PANOH_CHROMIUM") or next(filter(None, map(shutil.which, names)), None)
    browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
    yield browser
    browser.close()


@pytest.fixture(params=[1280, 390], ids=["wide", "narrow"])
def screen(request: pytest.FixtureRequest, chromium: Browser) -> Iterator[Page]:
    """Give a page of each width."""
    with looking(chromium, request.param) as page:
        yield page


@contextmanager
def looking(browser: Browser, width: int) -> Iterator[Page]:
    """Give a page of somebody's own, so wide; a script error or a refused style fails the test."""
    context = browser.new_context(viewport={"width": width, "height": 900}, locale="en-GB")
    # What is asked at the door of a file has a test of its own; here it is said with each request.
    context.set_extra_http_headers({"X-Purpose": "supervision"})
    context.set_default_timeout(10_000)
    page = context.new_page()
    wrong: list[str] = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("console", lambda said: wrong.append(said.text) if "Content Security Policy" in said.text else None)
    try:
        yield page
    finally:
        context.close()
    assert not wrong


def sign_in(page: Page, server: Server, username: str, comes_to: str = "/") -> None:
    """Sign in as one of the demonstration's accounts."""
    page.goto(server.address + "/account/sign-in/")
    page.locator("input[name=login]").fill(username)
    page.locator("input[name=password]").fill(server.accounts[username])
    page.locator("input[name=password]").press("Enter")
    page.wait_for_url(server.address + comes_to)


def assert_fit_for_all(page: Page) -> None:
    """Assert that axe finds nothing and that the page does not scroll sideways."""
    assert not unfit(page)


def assert_each_fit_for_all(page: Page, server: Server, addresses: Iterable[str]) -> None:
    """Assert it of the pages at these addresses; a fault of one does not hide those of the next."""
    faults = []
    for address in addresses:
        page.goto(server.address + address)
        faults += unfit(page)
    assert not faults


def unfit(page: Page) -> list[tuple[str, str, str]]:
    """Return what keeps somebody from reading a page: its address, the rule, the element."""
    found = Axe().run(page).response["violations"]
    faults = [(page.url, entry["id"], entry["nodes"][0]["html"]) for entry in found]
    if not page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"):
        faults.append((page.url, "scrolls sideways", ""))
    return faults
