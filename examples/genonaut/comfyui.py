"""The client of ComfyUI's HTTP API (https://docs.comfy.org/development/comfyui-server/comms_routes)."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import httpx
from ddtrace.trace import tracer

from examples.genonaut.settings import settings

POLL_SECONDS = 0.1


class GenerationError(Exception):
    """There is no image."""


class ComfyUIUnavailableError(GenerationError):
    """ComfyUI does not answer, or not as it should: it may later."""


class InvalidPromptError(GenerationError, ValueError):
    """ComfyUI does not take the prompt, and never will."""


class OutOfMemoryError(GenerationError):
    """The image does not fit into the memory of the graphics card."""


class GenerationTimeoutError(GenerationError):
    """The image took longer than it may."""


def generate(prompt: str) -> str:
    """Make an image; its file name. Raises GenerationError."""
    deadline = time.monotonic() + settings().comfyui_timeout
    with httpx.Client(base_url=settings().comfyui_url, timeout=5) as client:
        try:
            with _traced("submit"):
                answer = client.post("/prompt", json={"prompt": {"text": prompt}})
            if answer.status_code == httpx.codes.BAD_REQUEST:
                raise InvalidPromptError(answer.json()["error"]["message"])
            prompt_id = answer.raise_for_status().json()["prompt_id"]
            while time.monotonic() < deadline:
                with _traced("poll"):
                    history = client.get(f"/history/{prompt_id}").raise_for_status().json()
                if prompt_id in history:
                    return _outcome(history[prompt_id])
                time.sleep(POLL_SECONDS)
        except httpx.HTTPError as error:
            raise ComfyUIUnavailableError(str(error)) from error
    raise GenerationTimeoutError(f"no image after {settings().comfyui_timeout:g} seconds")


def ping() -> None:
    """Ask whether ComfyUI is there. Raises httpx.HTTPError where it is not."""
    httpx.get(f"{settings().comfyui_url}/system_stats", timeout=2).raise_for_status()


@contextmanager
def _traced(call: str) -> Iterator[None]:
    with tracer.trace("comfyui.request", resource=call) as span:
        span.set_tag("comfyui.call", call)
        yield


def _outcome(entry: dict[str, Any]) -> str:
    if entry["status"]["status_str"] == "success":
        name: str = entry["outputs"]["images"][0]["filename"]
        return name
    message = next(text["exception_message"] for kind, text in entry["status"]["messages"] if kind == "execution_error")
    if "out of memory" in message:
        raise OutOfMemoryError(message)
    raise GenerationError(message)
