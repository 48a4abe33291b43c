from __future__ import annotations

import json
import logging
from typing import Any

import pytest
from genonaut_telemetry import logs, tracing


def _line(extra: dict[str, Any] | None = None, error: BaseException | None = None) -> Any:
    exc_info = (type(error), error, error.__traceback__) if error else None
    record = logging.getLogger("app").makeRecord("app", logging.INFO, "", 0, "paid %s", ("€7",), exc_info, extra=extra)
    text = logs.JsonLines().format(record)
    assert "\n" not in text
    return json.loads(text)


def test_a_line_says_what_when_and_by_whom() -> None:
    line = _line()
    assert (line["message"], line["level"], line["logger.name"]) == ("paid €7", "INFO", "app")
    assert line["timestamp"].endswith("+00:00")


def test_of_extra_only_the_attributes_of_the_contract_are_written() -> None:
    line = _line({"usr.id": "u-7", "duration": 0, "password": "hunter2", "dd.trace_id": "0", "level": "made up"})
    assert (line["usr.id"], line["duration"], line["level"]) == ("u-7", 0, "INFO")
    assert not {"password", "dd.trace_id"} & line.keys()


def test_an_error_is_in_its_parts_and_names_the_trace_it_was_noted_in(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tracing, "ids", lambda error=None: getattr(error, "noted", None))
    error = ValueError("made up\nin two lines")
    error.noted = ("0a", "7")  # type: ignore[attr-defined]
    line = _line(error=error)
    assert (line["error.kind"], line["error.message"]) == ("ValueError", "made up\nin two lines")
    assert line["error.stack"].startswith("ValueError: made up")
    assert (line["dd.trace_id"], line["dd.span_id"]) == ("0a", "7")
    # Where a span was at work when the line was written, that one is right.
    assert _line({"dd.trace_id": "0b"}, error)["dd.trace_id"] == "0b"


def test_what_cannot_be_json_is_text() -> None:
    assert _line({"event": {1, 2}.__class__})["event"] == "<class 'set'>"


def test_handlers_that_are_there_write_json(monkeypatch: pytest.MonkeyPatch) -> None:
    root, server = logging.Logger("root"), logging.Logger("server")
    handler = logging.StreamHandler()
    server.addHandler(handler)
    monkeypatch.setattr(logging, "getLogger", lambda name=None: server if name == "uvicorn" else root)
    logs.start()
    assert isinstance(handler.formatter, logs.JsonLines)
    assert [type(one.formatter) for one in root.handlers] == [logs.JsonLines]
    assert root.level == logging.INFO
