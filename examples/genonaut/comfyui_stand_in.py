"""Stands in for ComfyUI: the routes we use, images that take no time, and failures when the prompt asks for one."""

from __future__ import annotations

from itertools import count
from typing import Any

from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse

app = FastAPI(title="ComfyUI's stand-in")
_numbers = count(1)
_prompts: dict[str, str] = {}

NEVER_READY = "takes forever"
TOO_LARGE = "too large"
NOT_VALID = "no such node"
AWAY = "server trouble"
AWAY_ONCE = "server hiccup"
BROKEN = "broken model"

_hiccups: set[str] = set()
_headers: list[dict[str, str]] = []


@app.get("/system_stats")
def system_stats() -> dict[str, Any]:
    """What a health check asks."""
    return {"system": {"comfyui_version": "stand-in"}, "devices": []}


@app.post("/prompt")
def prompt(body: dict[str, Any], request: Request) -> JSONResponse:
    """Take a prompt."""
    _headers.append(dict(request.headers))
    text = body["prompt"]["text"]
    if NOT_VALID in text:
        error = {"type": "prompt_outputs_failed_validation", "message": "Prompt outputs failed validation"}
        return JSONResponse({"error": error, "node_errors": {}}, status_code=400)
    if AWAY in text or (AWAY_ONCE in text and text not in _hiccups):
        _hiccups.add(text)
        return JSONResponse({}, status_code=503)
    id_ = f"prompt-{next(_numbers)}"
    _prompts[id_] = text
    return JSONResponse({"prompt_id": id_, "number": len(_prompts), "node_errors": {}})


@app.get("/headers")
def headers() -> list[dict[str, str]]:
    """The headers of all prompts: what those who call ComfyUI tell it."""
    return _headers


@app.get("/history/{prompt_id}")
def history(prompt_id: str) -> dict[str, Any]:
    """What became of a prompt; nothing while it is at work."""
    text = _prompts.get(prompt_id, NEVER_READY)
    if NEVER_READY in text:
        return {}
    if TOO_LARGE in text:
        return {prompt_id: _failed("torch.cuda.OutOfMemoryError", "CUDA out of memory.")}
    if BROKEN in text:
        return {prompt_id: _failed("RuntimeError", "expected scalar type Half but found Float")}
    outputs = {"images": [{"filename": f"{prompt_id}.png"}]}
    return {prompt_id: {"status": {"status_str": "success", "completed": True, "messages": []}, "outputs": outputs}}


def _failed(kind: str, message: str) -> dict[str, Any]:
    details = {"exception_type": kind, "exception_message": message}
    status = {"status_str": "error", "completed": False, "messages": [["execution_error", details]]}
    return {"status": status, "outputs": {}}
