"""One page of all dashboards that needs nothing else: pictures inside, light and dark."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

from pictures.payload import Widget, read

_STYLE = """
:root { color-scheme: light dark; --back: light-dark(#f3f4f7, #12161c); --ink: light-dark(#1d2633, #e6eaf0);
  --soft: light-dark(#5b6675, #a1acbb); --line: light-dark(#dde1e8, #2f3846); --link: light-dark(#1f5fa8, #8fbcf5); }
:root.light { color-scheme: light } :root.dark { color-scheme: dark }
* { box-sizing: border-box } html { scroll-behavior: smooth }
body { margin: 0; background: var(--back); color: var(--ink); font: 16px/1.5 system-ui, sans-serif;
  display: grid; grid-template-columns: minmax(12rem, 17rem) minmax(0, 1fr) }
nav { position: sticky; top: 0; height: 100vh; overflow: auto; padding: 1.5rem; border-right: 1px solid var(--line) }
nav h1 { font-size: 1.1rem; margin: 0 0 .3rem } nav ol { list-style: none; padding: 0; margin: 1rem 0 }
nav li a { display: block; padding: .3rem 0 } a { color: var(--link); text-decoration: none }
a:hover { text-decoration: underline }
main { padding: 1.5rem clamp(1rem, 3vw, 3rem); max-width: 1540px }
section { margin-bottom: 4rem; scroll-margin-top: 1rem }
h2 { margin: 0 } p { margin: .2rem 0 .8rem; color: var(--soft); max-width: 70ch }
img { display: block; width: 100%; height: auto; border: 1px solid var(--line); border-radius: 8px }
.dark-picture { display: none } :root.dark .dark-picture { display: block } :root.dark .light-picture { display: none }
details { margin-top: .6rem; color: var(--soft) }
button { font: inherit; padding: .2rem .7rem; color: inherit; background: none;
  border: 1px solid var(--line); border-radius: 6px; cursor: pointer }
:focus-visible { outline: 2px solid var(--link); outline-offset: 2px }
@media (max-width: 800px) { body { display: block } nav { position: static; height: auto; border: 0 } }
"""
_SCRIPT = """
const root = document.documentElement;
const show = (dark) => { root.classList.toggle("dark", dark); root.classList.toggle("light", !dark); };
show(matchMedia("(prefers-color-scheme: dark)").matches);
document.querySelector("button").addEventListener("click", () => show(!root.classList.contains("dark")));
"""


@dataclass(frozen=True, kw_only=True, slots=True)
class Picture:
    """One dashboard, drawn: its key, the body it was drawn from, and two PNGs."""

    key: str
    body: Mapping[str, Any]
    light: bytes
    dark: bytes


def page(title: str, pictures: Sequence[Picture]) -> str:
    """The page as HTML; nothing in it is loaded from anywhere."""
    links = "\n".join(
        f'<li><a href="#{escape(each.key)}">{escape(read(each.body).title)}</a></li>' for each in pictures
    )
    return f"""<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{escape(title)}</title>
<link rel="icon" href="data:,">
<style>{_STYLE}</style>
</head>
<body>
<nav aria-label="Dashboards">
<h1>{escape(title)}</h1>
<p>Drawn from synthetic data.</p>
<button type="button">Light or dark</button>
<ol>
{links}
</ol>
</nav>
<main>
{"".join(_section(each) for each in pictures)}
</main>
<script>{_SCRIPT}</script>
</body>
</html>
"""


def text_alternative(body: Mapping[str, Any]) -> str:
    """What a picture shows, for people who do not see it: the groups, and how many graphs of which kind."""
    dashboard = read(body)
    drawn = [widget for widget in dashboard.every_widget() if widget.type != "group"]
    return f"{dashboard.title}: {len(drawn)} widgets, synthetic data. The list below the picture names them."


def _section(picture: Picture) -> str:
    dashboard = read(picture.body)
    paragraphs = "".join(f"<p>{escape(part)}</p>" for part in dashboard.description.split("\n\n") if part.strip())
    alternative = escape(text_alternative(picture.body), quote=True)
    images = "".join(
        f'<img class="{name}-picture" alt="{alternative}" src="data:image/png;base64,{b64encode(png).decode()}">'
        for name, png in (("light", picture.light), ("dark", picture.dark))
    )
    return f"""<section id="{escape(picture.key)}" aria-labelledby="{escape(picture.key)}-title">
<h2 id="{escape(picture.key)}-title"><a href="#{escape(picture.key)}">{escape(dashboard.title)}</a></h2>
{paragraphs}
{images}
<details><summary>What it shows</summary><ul>{"".join(map(_item, dashboard.widgets))}</ul></details>
</section>
"""


def _item(widget: Widget) -> str:
    words = escape(widget.title or widget.type.replace("_", " "))
    inner = "".join(map(_item, widget.widgets))
    return f"<li>{words}{f'<ul>{inner}</ul>' if inner else ''}</li>"
