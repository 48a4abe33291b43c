"""The sandbox's page in a real browser (Debian's `chromium` and `chromium-driver`); skipped where there is none."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from selenium import webdriver
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.ui import WebDriverWait

from pictures.draw import draw
from pictures.page import Picture
from pictures.page import page as page_of_pictures
from pictures.theme import DARK, LIGHT
from sandbox import process
from sandbox.cloud import Cloud
from sandbox.home import Home
from sandbox.provider.lifecycle import Lifecycle
from sandbox.schema.cache import Schemas
from sandbox.wire import Secret
from tests import chromium
from tests.unit.pictures import examples as pictures
from tests.unit.sandbox import examples as ex

MARKER = "made-up-marker-secret"
WAIT = 10.0

pytestmark = [
    pytest.mark.e2e,
    chromium.needed,
]
Make = Callable[[str, dict[str, object], str], None]


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Home]:
    home = Home(tmp_path_factory.mktemp("page") / "home")
    process.start(home, kubernetes_version="1.34", http_port=0)
    yield home
    process.stop(home)


@pytest.fixture(scope="module")
def browser(home: Home, tmp_path_factory: pytest.TempPathFactory) -> Iterator[webdriver.Chrome]:
    driver = chromium.browser(tmp_path_factory.mktemp("profile"))
    yield driver
    driver.quit()


@pytest.fixture
def page(browser: webdriver.Chrome, home: Home) -> webdriver.Chrome:
    """The page over an empty cloud."""
    Cloud(home.database).reset()
    info = home.server_info()
    assert info is not None
    browser.get("about:blank")
    browser.get(info["http"])
    see(browser, "The cloud is empty")
    return browser


@pytest.fixture
def make(home: Home) -> Make:
    cloud, schemas = Cloud(home.database), Schemas()

    def create(token: str, inputs: dict[str, object], name: str) -> None:
        life = Lifecycle(token.split(":", 1)[0], schemas, cloud, "1.34")
        life.create(token, ex.urn(token, name), inputs, preview=False)

    return create


def text(page: webdriver.Chrome) -> str:
    return page.find_element(By.TAG_NAME, "main").text


def see(page: webdriver.Chrome, words: str) -> None:
    WebDriverWait(page, WAIT).until(lambda _: words in text(page), f"{words!r} does not appear")


def rows(page: webdriver.Chrome) -> list[str]:
    return [each.text.splitlines()[0] for each in page.find_elements(By.CSS_SELECTOR, "#list .row")]


def some(make: Make) -> None:
    make(ex.MONITOR, ex.monitor(name="API errors", message=Secret(f"token {MARKER}")), "api-errors")
    make(ex.MONITOR, ex.monitor(name="Disk is full", query="max(last_5m):max:system.disk.in_use{*} > 0.8"), "disk")
    make(ex.DASHBOARD, ex.dashboard("avg:system.load.1{*} by {host}"), "hosts")
    make(ex.TEAM, {"organization": "genonaut", "name": "Core"}, "core")


def test_an_empty_cloud_says_what_to_run_and_that_it_is_an_aid(page: webdriver.Chrome) -> None:
    assert "make up" in text(page)
    assert 'eval "$(python -m sandbox env)"' in text(page)
    assert "development aid" in page.find_element(By.TAG_NAME, "header").text


def test_objects_appear_without_reload_grouped_and_counted(page: webdriver.Chrome, make: Make) -> None:
    some(make)
    see(page, "Disk is full")
    assert rows(page) == ["Hosts", "API errors", "Disk is full", "Core"]
    groups = [each.text.split("\n") for each in page.find_elements(By.CSS_SELECTOR, "#list .provider, #list .type")]
    assert groups == [["Datadog", "3"], ["DashboardJson", "1"], ["Monitor", "2"], ["Sentry", "1"], ["SentryTeam", "1"]]
    assert page.find_element(By.ID, "count-objects").text == "4"


def test_search_finds_any_property_as_one_types(page: webdriver.Chrome, make: Make) -> None:
    some(make)
    see(page, "Core")
    page.find_element(By.TAG_NAME, "body").send_keys("/")
    page.switch_to.active_element.send_keys("disk.in")
    assert rows(page) == ["Disk is full"]
    assert page.find_element(By.ID, "count-objects").text == "1 of 4"
    page.switch_to.active_element.send_keys("nothing")
    see(page, "Nothing found")
    page.switch_to.active_element.send_keys(Keys.ESCAPE)
    assert len(rows(page)) == 4


def test_a_monitor_is_legible_and_its_properties_are_all_there(page: webdriver.Chrome, make: Make) -> None:
    some(make)
    see(page, "Disk is full")
    page.find_element(By.PARTIAL_LINK_TEXT, "Disk is full").click()
    see(page, "max(last_5m):max:system.disk.in_use{*} > 0.8")
    detail = page.find_element(By.ID, "detail").text
    for words in ("Thresholds", "critical", "90", "@slack-genonaut", "managed-by:pulumi", "logical name: disk"):
        assert words in detail


def test_a_dashboard_shows_its_widgets_and_their_queries(page: webdriver.Chrome, make: Make) -> None:
    some(make)
    see(page, "Hosts")
    page.find_element(By.PARTIAL_LINK_TEXT, "Hosts").click()
    see(page, "avg:system.load.1{*} by {host}")
    assert page.find_element(By.CSS_SELECTOR, ".card h4").text == "CPU"


def showing(title: str) -> Callable[[webdriver.Chrome], bool]:
    # In one step: the page draws its list anew, and what was found a moment ago may be no part of it any more.
    chosen = """return document.querySelector("#detail h2")
        && document.querySelector("#list .row[aria-current] .title").textContent"""
    return lambda page: bool(page.execute_script(chosen) == title)


def loaded(page: webdriver.Chrome, images: str) -> list[int]:
    """The widths of images once the browser is done with them; 0 where one did not load."""
    seen = f"return [...document.querySelectorAll('{images}')]"
    WebDriverWait(page, WAIT).until(lambda _: page.execute_script(f"{seen}.every((each) => each.complete)"))
    widths: list[int] = page.execute_script(f"{seen}.map((each) => each.naturalWidth)")
    return widths


def test_a_dashboard_shows_its_picture(page: webdriver.Chrome, make: Make) -> None:
    some(make)
    see(page, "Hosts")
    page.find_element(By.PARTIAL_LINK_TEXT, "Hosts").click()
    see(page, "Picture, from synthetic data")
    assert loaded(page, "img.picture") == [1440]


def test_the_page_of_all_pictures_needs_no_network(browser: webdriver.Chrome, tmp_path: Path) -> None:
    body = pictures.board(pictures.placed(pictures.EVERY_TYPE["timeseries"], 0, 0, 6, 3))
    drawn = Picture(key="one", body=body, light=draw(body, theme=LIGHT), dark=draw(body, theme=DARK))
    (tmp_path / "index.html").write_text(page_of_pictures("All", [drawn]))
    browser.get((tmp_path / "index.html").as_uri())
    assert loaded(browser, "img") == [1440, 1440]
    look = "return [...document.querySelectorAll('img')].map((each) => each.offsetWidth > 0)"
    before = browser.execute_script(look)
    browser.find_element(By.TAG_NAME, "button").click()
    assert sorted(before) == [False, True]
    assert browser.execute_script(look) == before[::-1]
    others = "return performance.getEntriesByType('resource').filter((each) => !each.name.startsWith('data:')).length"
    assert browser.execute_script(others) == 0


def test_the_keyboard_is_enough(page: webdriver.Chrome, make: Make) -> None:
    some(make)
    see(page, "Core")
    body = page.find_element(By.TAG_NAME, "body")
    for key, title in (("j", "Hosts"), ("j", "API errors"), (Keys.ARROW_DOWN, "Disk is full"), ("k", "API errors")):
        body.send_keys(key)
        WebDriverWait(page, WAIT).until(showing(title), title)
    theme = "return document.documentElement.dataset.theme"
    before = page.execute_script(theme)
    body.send_keys("t")
    assert {before, page.execute_script(theme)} == {"light", "dark"}


def test_operations_and_faults_have_their_views(page: webdriver.Chrome, make: Make, home: Home) -> None:
    make(ex.TEAM, {"organization": "genonaut", "name": "Core"}, "core")
    Cloud(home.database).faults.add("slow", "create", 5, delay=2)
    page.find_element(By.PARTIAL_LINK_TEXT, "Operations").click()
    see(page, "SentryTeam")
    page.find_element(By.PARTIAL_LINK_TEXT, "Faults").click()
    see(page, "2 s")


def test_nothing_secret_foreign_or_broken_is_on_the_page(page: webdriver.Chrome, make: Make) -> None:
    some(make)
    see(page, "API errors")
    page.find_element(By.PARTIAL_LINK_TEXT, "API errors").click()
    see(page, "(secret)")
    assert MARKER not in page.page_source
    loaded = page.execute_script("return performance.getEntriesByType('resource').map((each) => each.name)")
    assert loaded
    assert all(each.startswith(page.current_url.split("#", maxsplit=1)[0]) for each in loaded)
    assert [each for each in page.get_log("browser") if each["level"] == "SEVERE"] == []  # type: ignore[no-untyped-call]
