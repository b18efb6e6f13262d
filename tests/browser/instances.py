"""Running instances with homes of their own, and people at their desks who fill in pages and carry files."""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import BrowserContext, Locator, Page

from tests.browser.conftest import PANOH, _wait_for, unfit
from tests.promises.two_instances import PASSWORD

HIDDEN = {"DATABASE_URL", "PANOH_DB_NAME", "PANOH_DB_POOL", "PANOH_DB_ROLE", "PANOH_DEMO", "DJANGO_SETTINGS_MODULE"}


@dataclass(frozen=True)
class Instance:
    """A running Panoh, and what its commands are run in."""

    address: str
    environment: dict[str, str]

    def panoh(self, *words: str) -> str:
        """Run a command of this instance and return what it printed."""
        done = subprocess.run([*PANOH, *words], env=self.environment, capture_output=True, text=True, check=False)
        assert not done.returncode, done.stderr + done.stdout
        return done.stdout


@contextmanager
def serving(kind: str, make_home: Callable[[Path], None]) -> Iterator[Instance]:
    """Serve an instance with a home and database of its own, and end it with all it started."""
    home = Path(tempfile.mkdtemp(prefix=f"panoh-{kind}-"))
    make_home(home)
    environment = {name: value for name, value in os.environ.items() if name not in HIDDEN}
    environment |= {"PANOH_HOME": str(home), "PANOH_PG_FAST": "1", "PANOH_PLAIN_HTTP": "1"}
    environment |= {"PANOH_REGION": "1"} if kind == "region" else {}
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    try:
        subprocess.run([sys.executable, "-m", "tests.promises.two_instances", kind], env=environment, check=True)
        command = [*PANOH, "serve", "--port", str(port), "--workers", "1"]
        process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            address = f"http://127.0.0.1:{port}"
            _wait_for(address + "/account/sign-in/", process)
            yield Instance(address, environment)
        finally:
            process.terminate()
            process.wait(20)
    finally:
        subprocess.run([*PANOH, "db", "down"], env=environment, capture_output=True, check=False)
        shutil.rmtree(home, ignore_errors=True)


class Desk:
    """Somebody at an instance, in a browser of their own; every page they come to is looked over."""

    def __init__(self, context: BrowserContext, instance: Instance, username: str) -> None:
        context.set_default_timeout(30_000)
        self.page: Page = context.new_page()
        self.instance = instance
        self.looked: set[str] = set()
        self.page.goto(instance.address + "/account/sign-in/")
        self.page.locator("input[name=login]").fill(username)
        self.page.locator("input[name=password]").fill(PASSWORD)
        self.page.locator("input[name=password]").press("Enter")
        self.page.wait_for_url(lambda url: "sign-in" not in url)

    @property
    def text(self) -> str:
        """Return what the page says."""
        return self.page.inner_text("main")

    @property
    def code(self) -> str:
        """Return the code of the record whose page this is."""
        return self.page.url.rstrip("/").rsplit("/", 1)[1]

    def at(self, where: str) -> str:
        """Go to a page and return what it says."""
        self.page.goto(self.instance.address + where)
        return self._looked_over()

    def _looked_over(self) -> str:
        """Return what the page says; each kind of page is tried once for whether all can read it."""
        kind = re.sub(r"[A-Z](-\w{4}){2}", "", self.page.url)
        if kind not in self.looked:
            assert not unfit(self.page)
        self.looked.add(kind)
        return self.text

    def follow(self, name: str) -> str:
        """Follow a link and return what the page says."""
        with self.page.expect_navigation():
            self.page.locator("main").get_by_role("link", name=name).first.click()
        return self._looked_over()

    def press(self, name: str) -> str:
        """Press a button that leads to a page, and return what that says."""
        with self.page.expect_navigation():
            self.page.locator("main").get_by_role("button", name=name).first.click()
        return self._looked_over()

    def give(self, where: str, button: str, **words: str) -> str:
        """Fill a page's form in, send it, and return what comes next."""
        if where:
            self.at(where)
        for field, word in words.items():
            self._fill(self.page.locator(f"main [name='{field.replace('__', '-')}']"), word)
        return self.press(button)

    def _fill(self, field: Locator, word: str) -> None:
        kind = field.first.evaluate("field => field.tagName + ' ' + field.type")
        if kind.startswith("SELECT"):
            found = field.locator("option", has_text=word).first.get_attribute("value")
            field.select_option(found or "")
        elif kind.endswith(("radio", "checkbox")):
            self.page.get_by_label(word, exact=True).check()
        else:
            field.fill(word)

    def own(self, words: str) -> str:
        """Return one of this instance's keys."""
        self.at("/parcels/")
        return self.page.locator(f"dt:text-is('{words}') + dd").inner_text().strip()

    def send(self, name: str, to: Path) -> str:
        """Sign what a partner was not told yet, carry it away as a file, and return what the page said would leave."""
        self.at("/parcels/")
        self.page.get_by_role("link", name=name, exact=True).click()
        leaves = self.follow("See what would leave")
        self.press("Sign this parcel")
        with self.page.expect_download() as fetched:
            self.page.get_by_role("button", name="Fetch the file").click()
        fetched.value.save_as(to)
        return leaves

    def receive(self, file: Path) -> str:
        """Open a file that was brought, and return what the page says of it."""
        self.at("/parcels/receive/")
        self.page.locator("input[name=file]").set_input_files(file)
        return self.press("Open the file")

    def take_in(self, file: Path) -> str:
        """Open a file that was brought and take it in; return what it held."""
        held = self.receive(file)
        assert "taken in" in self.press("Take it in")
        return held
