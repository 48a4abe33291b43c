"""Whatever the size of a change, the comment fits and says how much there is."""

from __future__ import annotations

from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from reports.comment.comment import comment
from reports.comment.fit import LIMIT, Item, Section, fitted
from tests.unit.reports.comment.examples import bill, known, monitor, preview, step, tags

TYPES = (
    "datadog:index/monitor:Monitor",
    "datadog:index/dashboardJson:DashboardJson",
    "datadog:index/serviceLevelObjective:ServiceLevelObjective",
    "kubernetes:core/v1:PersistentVolumeClaim",
    "sentry:index/sentryProject:SentryProject",
    "random:index:Thing",
)
NAMES = st.text(st.sampled_from("abc-|`<@\u20ac\U0001f680"), min_size=1, max_size=400)


def balanced(text: str) -> bool:
    return text.count("<details>") == text.count("</details>") == text.count("<summary>") == text.count("</summary>")


# Making a failing example smaller would take minutes.
@settings(max_examples=12, phases=(Phase.explicit, Phase.generate))
@given(
    st.sampled_from([0, 1, 9, 300]),
    NAMES,
    st.sampled_from(["create", "update", "replace", "delete"]),
    st.sampled_from(TYPES),
)
def test_any_number_of_steps(number: int, name: str, op: str, type_token: str) -> None:
    steps = []
    for n in range(number):
        old = monitor(tags=tags(f"{n}"), message="x" * 500, extra=name)
        new = monitor(tags=tags(f"{n}"), message="y" * 500, extra=f"{name}{n}", query="max(last_5m):avg:a{*} > 3")
        both = {"old": None if op == "create" else old, "new": None if op == "delete" else new}
        steps.append(step(op, both["old"], both["new"], name=f"{name}-{n}", type=type_token))
    made = comment(preview(*steps), known(bill_after=bill(hosts=1))).fitted("All of it is elsewhere.")
    assert len(made) <= LIMIT
    assert len(made.encode()) <= LIMIT
    assert made.startswith("<!-- genonaut-monitoring preview: sandbox -->\n")
    assert balanced(made)
    # The table of counts, and the title of the section.
    assert number == 0 or f"| {number:,} |" in made
    assert number == 0 or f"({number})" in made
    assert ("All of it is elsewhere." in made) == ("Shortened" in made)


@given(
    st.lists(
        st.builds(
            lambda title, items: Section(
                title=title, count=len(items), items=[Item(line=a, detail=b) for a, b in items]
            ),
            title=st.text("abcde ", min_size=1, max_size=30),
            items=st.lists(st.tuples(st.text("- x", max_size=300), st.text("y\n", max_size=300)), max_size=30),
        ),
        max_size=12,
    ),
    st.integers(2_500, 20_000),
)
def test_sections_give_way_until_they_fit(sections: list[Section], room: int) -> None:
    made = fitted("the headline", sections, "elsewhere", room)
    assert len(made.encode()) <= room
    assert made.startswith("the headline\n")
    assert balanced(made)
    for section in sections:
        assert f"{section.title} ({section.count})" in made


def test_what_fits_is_left_whole() -> None:
    section = Section(title="things", count=1, items=[Item(line="- one", detail="all about it")])
    made = fitted("the headline", [section], "elsewhere")
    assert "all about it" in made
    assert "elsewhere" not in made


def test_what_gives_way_first_is_the_last_section() -> None:
    items = [Item(line="- one", detail="x" * 400)]
    made = fitted("", [Section(title=title, count=1, items=items) for title in ("first", "last")], "elsewhere", 900)
    first, last = made.split("<summary>last (1)")
    assert "xxx" in first
    assert "xxx" not in last
    assert "Without details: last. elsewhere" in made


def test_a_change_too_large_says_that_it_is_shortened() -> None:
    steps = [
        step("update", monitor(extra="a" * 70), monitor(extra="b" * 70), name=f"{n}-{'x' * 120}") for n in range(200)
    ]
    made = comment(preview(*steps), known()).fitted("All of it is elsewhere.")
    assert "All of it is elsewhere." in made
    assert "… and 192 more" in made


def test_what_is_cut_is_counted() -> None:
    items = [Item(line="- " + "x" * 500)] * 9
    section = Section(title="things", count=9, items=items)
    everything = fitted("", [section], "elsewhere")
    made = fitted("", [section], "elsewhere", len(everything) - 1)
    assert "… and 1 more" in made
    assert made.count("xxx" * 10) < everything.count("xxx" * 10)
