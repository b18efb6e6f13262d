"""The main job in a real browser: a passenger list becomes people, who are received, helped, visited, and let go."""

from __future__ import annotations

import io
from datetime import date
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from playwright.sync_api import Page, expect

from panoh.web.demo.names import compose_families
from tests.browser.conftest import Server, assert_fit_for_all, sign_in

pytestmark = pytest.mark.browser
REAL = Path(__file__).parents[3] / "shared" / "manifests" / "dev" / "flight_manifest_ru.xlsx"
KIN = {"mother": "мать", "father": "отец", "child": "ребёнок", "aunt": "тётя", "grandmother": "бабушка"}


def flight(seed: int) -> bytes:
    """Return a passenger list in Russian: title, headings, made-up families, a row twice, a bad date, a total."""
    sheet = (book := Workbook()).active
    assert sheet is not None
    sheet.append(["СПИСОК лиц, возвращаемых на родину"])
    sheet.append([])
    sheet.append(["№ п/п", "Фамилия, имя, отчество", "Пол", "Дата рождения", "Кем приходится", "Семья №", "Документ"])
    number = 0
    for index, family in enumerate(compose_families(seed, 12, on=date(2026, 1, 1)), 1):
        for person in family.members:
            number += 1
            written = person.born.strftime("%d.%m.%Y")
            sex = "жен" if person.sex == "f" else "муж"
            sheet.append([number, person.name("Cyrl"), sex, written, KIN.get(person.kinship, ""), index, "нет"])
    first = [cell.value for cell in sheet[4]]
    sheet.append([number + 1, first[1], first[2], None, None, first[5], "нет"])
    sheet.append([number + 2, "Неизвестная девочка", "жен", "31.02.2016", "ребёнок", 77, "нет"])
    sheet.append([None, "ИТОГО:", number + 2])
    book.save(kept := io.BytesIO())
    return kept.getvalue()


def real(width: int) -> bytes:
    """Return the manifest with the width in its title: the same list is taken once only, and each width needs one."""
    book = load_workbook(REAL)
    title = next(cell for row in book.active.iter_rows() for cell in row if cell.value)
    title.value = f"{title.value} ({width})"
    book.save(kept := io.BytesIO())
    return kept.getvalue()


def test_a_list_is_led_from_import_to_closing(screen: Page, server: Server) -> None:
    assert screen.viewport_size is not None
    width = screen.viewport_size["width"]
    content = real(width) if REAL.exists() else flight(width)
    sign_in(screen, server, "coordinator")
    bring_in_the_list(screen, server, content)
    confirm_and_receive(screen)
    lead_one_family(screen)


def bring_in_the_list(page: Page, server: Server, content: bytes) -> None:
    page.goto(server.address + "/arrivals/import/")
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    page.get_by_label("File").set_input_files({"name": "list.xlsx", "mimeType": kind, "buffer": content})
    page.get_by_label("Sender").fill("Foreign ministry")
    page.get_by_role("button", name="Read the list").click()
    page.wait_for_url("**/arrivals/L-*/")
    assert_fit_for_all(page)
    mend_the_bad_date(page)
    decide_on_the_row_twice(page)


def mend_the_bad_date(page: Page) -> None:
    page.goto(page.url.split("?")[0] + "?show=asks")
    row = page.locator("tr", has_text="31.02.2016").last
    row.get_by_role("link", name="Decide").click()
    page.wait_for_url("**/rows/*/")
    assert_fit_for_all(page)
    page.locator("[name=precision][value=year], select[name=precision]").first.wait_for()
    choose(page, "precision", "year")
    page.locator("input[name=year]").fill("2016")
    page.get_by_role("button", name="Save what is right").click()
    page.wait_for_url("**?show=asks*")
    expect(page.get_by_role("status")).to_contain_text("mended")


def choose(page: Page, name: str, value: str) -> None:
    """Choose in a list, or among round buttons."""
    select = page.locator(f"select[name={name}]")
    if select.count():
        select.select_option(value)
    else:
        page.locator(f"input[name={name}][value={value}]").check()


def decide_on_the_row_twice(page: Page) -> None:
    page.locator("tr", has_text="same name in the same family").last.get_by_role("link", name="Decide").click()
    page.wait_for_url("**/rows/*/")
    page.get_by_role("button", name="Same person as row").first.click()
    page.wait_for_url("**?show=asks*")
    expect(page.get_by_role("status")).to_contain_text("decided")


def confirm_and_receive(page: Page) -> None:
    page.get_by_role("link", name="Confirm the list").click()
    page.wait_for_url("**/confirm/")
    assert_fit_for_all(page)
    page.get_by_role("button", name="Register them").click()
    expect(page.get_by_text("registered").first).to_be_visible(timeout=20_000)
    page.get_by_role("link", name="See the list").click(timeout=20_000)
    page.get_by_role("link", name="Reception", exact=True).click()
    page.wait_for_url("**/reception/start/")
    page.get_by_role("button", name="Receive them").click()
    page.wait_for_url("**/reception/")
    assert_fit_for_all(page)
    page.goto(page.url + "medical/")
    page.get_by_role("button", name="Record the check").click()
    page.wait_for_url("**/reception/")
    expect(page.get_by_role("status")).to_contain_text("medical check")


def lead_one_family(page: Page) -> None:
    page.locator("a[href*='/families/F-']").first.click()
    page.wait_for_url("**/families/F-*/")
    home = page.url
    step(
        page,
        "Assign lead worker",
        "Assign",
        lambda: page.get_by_label("Lead worker").select_option(label="Malika Bogʻbon"),
    )
    step(page, "Record district", "Record", lambda: page.get_by_label("District").select_option(index=3))
    next_stage(page, "Rehabilitation")
    step(page, "Assess", "Keep assessment", lambda: assess(page))
    expect(page.locator(".board article.urgent").first).to_be_visible()
    step(page, "Plan a step", "Plan step", lambda: plan(page))
    next_stage(page, "Reintegration")
    step(page, "Record assistance", "Record assistance", lambda: give(page), comes_to="**/assistance/")
    expect(page.get_by_role("button", name="Receipt (PDF)")).to_be_visible()
    assert_fit_for_all(page)
    page.goto(home)
    step(page, "Record visit", "Record visit", lambda: page.get_by_label("How the family is doing").fill("All well."))
    close(page, home)


def step(page: Page, link: str, button: str, fill: object, comes_to: str = "**/families/F-*/") -> None:
    """Follow a link of the family's page, fill in, send, and be back on the page with a sentence."""
    home = page.url.split("?")[0]
    page.get_by_role("link", name=link).first.click()
    page.wait_for_function("home => location.href.split('?')[0] !== home", arg=home)
    fill()  # type: ignore[operator]
    assert_fit_for_all(page)
    page.get_by_role("button", name=button, exact=True).click()
    page.wait_for_url(comes_to)
    expect(page.get_by_role("status")).not_to_be_empty()


def next_stage(page: Page, label: str) -> None:
    step(page, "Next stage", "Next stage", lambda: page.get_by_label("To the stage").select_option(label=label))
    expect(page.get_by_role("status")).to_contain_text(label)


def assess(page: Page) -> None:
    page.get_by_label("If the view was not asked").select_option(index=1)
    page.locator("[role=radiogroup]").first.get_by_label("urgent", exact=True).check()
    expect(page.locator("input[name^=need_][value='1']").first).to_be_checked()


def plan(page: Page) -> None:
    page.get_by_label("Service").select_option("LEG-01")
    page.get_by_label("Who sees to it").select_option(index=1)
    page.get_by_label("By when").fill("2030-01-15")


def give(page: Page) -> None:
    page.get_by_label("To whom").select_option(index=1)
    page.get_by_label("What").select_option("MAT-26")
    page.get_by_label("How much").fill("1")
    page.get_by_label("Unit").select_option("kit")


def say_why(page: Page) -> None:
    page.get_by_label("Why the case closes").select_option(index=1)
    page.get_by_label("How the person lives now").select_option(index=1)


def close(page: Page, home: str) -> None:
    """Close the first member's case; before the plan is settled it is refused with a sentence, and nothing is lost."""
    note = "The family manages on its own."
    page.get_by_role("link", name="Close").first.click()
    say_why(page)
    page.get_by_label("Closing note").fill(note)
    page.get_by_role("button", name="Close case").click()
    expect(page.locator("[data-errors]")).to_contain_text("urgent need")
    expect(page.get_by_label("Closing note")).to_have_value(note)
    page.goto(home)
    step(page, "Record outcome", "Record outcome", lambda: page.get_by_label("How it ended").select_option("done"))
    step(page, "Close", "Close case", lambda: (say_why(page), page.get_by_label("Closing note").fill(note)))
    expect(page.get_by_role("status")).to_contain_text("closed")
    expect(page.get_by_role("link", name="Open again").first).to_be_visible()
