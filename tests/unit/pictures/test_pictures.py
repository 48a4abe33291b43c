"""Pictures as people get them: every widget drawn, nothing blank, nothing overlapping, the same bytes every time."""

from __future__ import annotations

from io import BytesIO
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from pictures import canvas
from pictures.draw import draw, undrawable
from pictures.layout import COLUMNS, MARGIN, WIDTH, arrange
from pictures.page import Picture, page
from pictures.payload import Place, Widget, read
from pictures.problems import DashboardError
from pictures.theme import DARK, LIGHT
from pictures.widgets import DRAWERS
from reports import pictures as report
from sandbox.checks.models import check_model
from tests.unit.pictures import examples as ex

PLACES = st.integers(1, COLUMNS).flatmap(
    lambda width: st.builds(
        Place, st.integers(0, COLUMNS - width), st.integers(0, 20), st.just(width), st.integers(1, 6)
    )
)


def opened(png: bytes) -> Image.Image:
    return Image.open(BytesIO(png)).convert("RGB")


@given(st.lists(st.one_of(PLACES, st.none()), max_size=12))
def test_no_two_widgets_overlap_whatever_their_places(places: list[Place | None]) -> None:
    placed = arrange([Widget("timeseries", str(n), {}, place) for n, place in enumerate(places)], 0)
    assert len(placed) == len(places)
    for one, two in combinations((each.box for each in placed), 2):
        assert one.right <= two.left or two.right <= one.left or one.bottom <= two.top or two.bottom <= one.top
    assert all(MARGIN <= each.box.left and each.box.right <= WIDTH - MARGIN + 0.01 for each in placed)


def test_the_examples_are_bodies_that_the_api_takes() -> None:
    from datadog_api_client.v1.model.dashboard import Dashboard  # noqa: PLC0415 -- slow to import

    assert list(check_model(Dashboard, ex.showcase())) == []


def test_there_is_an_example_of_every_type() -> None:
    assert set(ex.EVERY_TYPE) == set(DRAWERS)


@pytest.mark.parametrize("type_", sorted(DRAWERS))
def test_a_widget_is_not_blank(type_: str) -> None:
    box = ex.placed(ex.EVERY_TYPE[type_], 0, 0, 6, 4)
    image = opened(draw(ex.board(box), ex.AROUND))
    inside = image.crop((MARGIN + 4, 140, WIDTH // 2 - 8, image.height - MARGIN - 8))
    colours = inside.getcolors(1 << 20)
    assert colours is not None
    assert len(colours) > 3


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
def test_the_same_body_is_the_same_bytes(theme: object) -> None:
    body = ex.board(ex.placed(ex.EVERY_TYPE["timeseries"], 0, 0, 6, 3))
    one, again = (draw(body, ex.AROUND, theme) for _ in range(2))  # type: ignore[arg-type]
    assert one == again
    other = ex.board(ex.placed(ex.EVERY_TYPE["toplist"], 0, 0, 6, 3))
    assert draw(other, ex.AROUND, theme) != one  # type: ignore[arg-type]


def test_what_cannot_be_drawn_is_told_all_at_once_with_its_path() -> None:
    body = ex.board(
        ex.placed({"type": "sunburst", "title": "?", "requests": []}, 0, 0, 4, 3),
        ex.placed(ex.timeseries(ex.series(ex.metric("avg:no.such{*}"))), 8, 0, 6, 3),
        ex.placed(ex.timeseries(time={"live_span": "7y"}), 0, 3, 4, 3),
    )
    with pytest.raises(DashboardError) as error:
        draw(body)
    text = str(error.value)
    for words in ("widgets[0].definition: ", "'sunburst'", "ends at column 14 of 12", "no.such", "'7y'"):
        assert words in text


def test_text_is_cut_to_its_room_and_large_enough_to_read() -> None:
    words = "Latency of every request that the API answers"
    assert canvas.text_width(canvas.fitted(words, 120, 13), 13) <= 120
    assert canvas.fitted("short", 120, 13) == "short"
    assert canvas.SMALLEST >= 11


def test_one_page_holds_all_and_loads_nothing() -> None:
    picture = Picture(key="one", body=ex.board(ex.placed(ex.EVERY_TYPE["note"], 0, 0, 4, 2)), light=b"1", dark=b"2")
    html = page("Dashboards <of> all", [picture])
    assert "Dashboards &lt;of&gt; all" in html
    assert 'href="#one"' in html
    assert 'id="one"' in html
    assert "http" not in html.replace("http-equiv", "")
    assert html.count('alt="An example: 1 widgets') == 2


@pytest.mark.parametrize("stack", ["production", "staging", "sandbox"])
def test_every_dashboard_of_every_stack_can_be_drawn(stack: str) -> None:
    found = report.bodies(stack)
    assert found
    assert [finding for body in found.values() for finding in undrawable(body)] == []


def test_a_dashboard_of_production_is_drawn() -> None:
    body = report.bodies("production")["executive-overview"]
    image = opened(draw(body, report.surroundings("production")))
    assert image.width == WIDTH
    assert image.height > 600
    assert read(body).title
