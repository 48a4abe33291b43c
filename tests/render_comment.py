"""A picture of a comment, to look at: `python -m tests.render_comment COMMENT.md PICTURE.png` (needs a browser)."""

from __future__ import annotations

import base64
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from markdown_it import MarkdownIt

from tests.chromium import browser

WIDTH = 910
STYLE = """
body { font: 14px/1.5 "Liberation Sans", Arial, sans-serif; color: #1f2328; width: 846px; margin: 16px; padding: 16px;
       border: 1px solid #d1d9e0; border-radius: 6px }
code { background: #eff1f3; border-radius: 6px; padding: .2em .4em; font-size: 85% }
pre code { display: block; padding: 12px; white-space: pre-wrap }
table { border-collapse: collapse } th, td { border: 1px solid #d1d9e0; padding: 6px 13px }
h2, h3 { border-bottom: 1px solid #d1d9e0; padding-bottom: .3em } a { color: #0969da; text-decoration: none }
"""


def rendered(comment: str) -> str:
    """The comment as a page, much as GitHub shows it."""
    body = MarkdownIt("commonmark", {"html": True}).enable("table").render(comment)
    return f"<!doctype html><meta charset=utf-8><style>{STYLE}</style>{body}"


def picture(page: str) -> bytes:
    """The whole page as a PNG."""
    with TemporaryDirectory() as folder:
        file = Path(folder) / "comment.html"
        file.write_text(page)
        driver = browser(Path(folder) / "profile")
        try:
            driver.set_window_size(WIDTH, 600)
            driver.get(f"file://{file}")
            height = driver.execute_script("return document.body.getBoundingClientRect().bottom + 16")
            clip = {"x": 0, "y": 0, "width": WIDTH, "height": height, "scale": 1}
            shot = driver.execute_cdp_cmd("Page.captureScreenshot", {"captureBeyondViewport": True, "clip": clip})
            return base64.b64decode(shot["data"])
        finally:
            driver.quit()


if __name__ == "__main__":
    Path(sys.argv[2]).write_bytes(picture(rendered(Path(sys.argv[1]).read_text())))
