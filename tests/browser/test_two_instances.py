"""A country and the region on two running instances: signed files go by hand from one to the other and back."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from tests.browser.conftest import PANOH, _wait_for, unfit
from tests.promises.two_instances import PASSWORD

HIDDEN = {"DATABASE_URL", "PANOH_DB_NAME", "PANOH_DB_POOL", "PANOH_DB_ROLE", "PANOH_DEMO", "DJANGO_SETTINGS_MODULE"}


@dataclass(frozen=True)
class Instance:
    address: str
    environment: dict[str, str]

    def panoh(self, *words: str) -> str:
        done = subprocess.run([*PANOH, *words], env=self.environment, capture_output=True, text=True, check=False)
        assert not done.returncode, done.stderr + done.stdout
        return done.stdout


@contextmanager
def serving(kind: str) -> Iterator[Instance]:
    """Serve an instance with a home and database of its own, and end it with all it started."""
    home = Path(tempfile.mkdtemp(prefix=f"panoh-{kind}-"))
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


@pytest.fixture(scope="module")
def region() -> Iterator[Instance]:
    with serving("region") as made:
        yield made


@pytest.fixture(scope="module")
def country() -> Iterator[Instance]:
    with serving("country") as made:
        yield made


class Desk:
    """Somebody at an instance, in a browser of their own."""

    def __init__(self, context: BrowserContext, instance: Instance, username: str) -> None:
        context.set_default_timeout(30_000)
        self.page: Page = context.new_page()
        self.instance = instance
        self.page.goto(instance.address + "/account/sign-in/")
        self.page.locator("input[name=login]").fill(username)
        self.page.locator("input[name=password]").fill(PASSWORD)
        self.page.locator("input[name=password]").press("Enter")
        self.page.wait_for_url(lambda url: "sign-in" not in url)

    def at(self, where: str) -> Page:
        self.page.goto(self.instance.address + where)
        assert not unfit(self.page)
        return self.page

    def own(self, words: str) -> str:
        self.at("/parcels/")
        return self.page.locator(f"dt:text-is('{words}') + dd").inner_text().strip()

    def press(self, name: str) -> None:
        with self.page.expect_navigation():
            self.page.get_by_role("button", name=name, exact=True).click()
        assert not unfit(self.page)

    def enter(self, name: str, country: str, key: str, age_key: str) -> None:
        page = self.at("/parcels/partners/new/")
        for field, words in (("name", name), ("country", country), ("key", key), ("age_key", age_key)):
            page.locator(f"input[name={field}]").fill(words)
        self.press("Enter the partner")

    def confirm(self, name: str, check_code: str) -> None:
        self.at("/parcels/").get_by_role("link", name=f"Confirm the key {name}").click()
        self.page.locator("input[name=check_code]").fill(check_code)
        self.press("Confirm the key")
        assert "confirmed by two" in self.page.inner_text("main")

    def send(self, name: str, to: Path) -> str:
        self.at("/parcels/").get_by_role("link", name=name, exact=True).click()
        self.page.get_by_role("link", name="See what would leave").click()
        leaves = self.page.inner_text("main")
        self.press("Sign this parcel")
        with self.page.expect_download() as fetched:
            self.page.get_by_role("button", name="Fetch the file").click()
        fetched.value.save_as(to)
        return leaves

    def receive(self, file: Path) -> str:
        self.at("/parcels/receive/").locator("input[name=file]").set_input_files(file)
        self.press("Open the file")
        return self.page.inner_text("main")


@pytest.mark.browser
def test_a_countrys_words_reach_the_region_as_signed_files_and_the_answer_comes_back(
    chromium: Browser, region: Instance, country: Instance, tmp_path: Path
) -> None:
    with ExitStack() as ended:

        def desk(instance: Instance, username: str, width: int = 1280) -> Desk:
            context = chromium.new_context(viewport={"width": width, "height": 900}, locale="en-GB")
            ended.callback(context.close)
            return Desk(context, instance, username)

        malika, rustam = desk(region, "malika"), desk(region, "rustam", 390)
        aigul, daniyar = desk(country, "aigul"), desk(country, "daniyar", 390)
        assert malika.page.url == region.address + "/joint-plan/"
        keys = {one: (one.own("Public key"), one.own("Public key of age")) for one in (malika, aigul)}
        read_out = {one: one.own("Check code, to be read out") for one in (malika, aigul)}

        malika.enter("Kazakhstan", "KZ", *keys[aigul])
        rustam.confirm("Kazakhstan", read_out[aigul])
        aigul.enter("The region", "", *keys[malika])
        daniyar.confirm("The region", read_out[malika])

        leaves = aigul.send("The region", tmp_path / "1.panoh")
        assert "Joint training of teachers" in leaves
        assert "KZ on" in leaves
        assert "Everything" not in malika.receive(tmp_path / "1.panoh")
        malika.press("Take it in")
        assert "taken in" in malika.page.inner_text("main")
        assert "arrived already" in malika.receive(tmp_path / "1.panoh")

        assert "Joint Plan, edition 1" in malika.send("Kazakhstan", tmp_path / "2.panoh")
        told = region.panoh("exchange", "pack", "--to", "Kazakhstan", "--as", "rustam", "--all", "--dry-run", "--json")
        assert "Joint training of teachers" in told
        answer = country.panoh("exchange", "unpack", str(tmp_path / "2.panoh"), "--json")
        assert '"verdict": "new"' in answer
        assert '"verdict": "same"' in answer
        daniyar.receive(tmp_path / "2.panoh")
        daniyar.press("Take it in")
        assert "Dialogue" in daniyar.at("/joint-plan/jpoa/").inner_text("main")

        spoilt = bytearray((tmp_path / "2.panoh").read_bytes())
        spoilt[-40] ^= 1
        (tmp_path / "3.panoh").write_bytes(spoilt)
        assert "locked for somebody else" in aigul.receive(tmp_path / "3.panoh")
        assert "refused" in aigul.at("/parcels/log/").inner_text("main")
