"""The client of ComfyUI's HTTP API (https://docs.comfy.org/development/comfyui-server/comms_routes)."""

from __future__ import annotations

import time
from typing import Any

import httpx

from examples.genonaut.settings import settings

POLL_SECONDS = 0.1


class ComfyUIError(Exception):
    """ComfyUI did not deliver an image."""


class UnavailableError(ComfyUIError):
    """It does not answer, or not as it should: it may later."""


class RefusedError(ComfyUIError):
    """It does not take the prompt, and never will."""


class OutOfMemoryError(ComfyUIError):
    """The image does not fit into the memory of the graphics card."""


class TooSlowError(ComfyUIError):
    """The image took longer than it may."""


def generate(prompt: str) -> str:
    """Make an image; its file name. Raises ComfyUIError."""
    deadline = time.monotonic() + settings().comfyui_timeout
    with httpx.Client(base_url=settings().comfyui_url, timeout=5) as client:
        try:
            answer = client.post("/prompt", json={"prompt": {"text": prompt}})
            if answer.status_code == httpx.codes.BAD_REQUEST:
                raise RefusedError(answer.json()["error"]["message"])
            prompt_id = answer.raise_for_status().json()["prompt_id"]
            while time.monotonic() < deadline:
                history = client.get(f"/history/{prompt_id}").raise_for_status().json()
                if prompt_id in history:
                    return _outcome(history[prompt_id])
                time.sleep(POLL_SECONDS)
        except httpx.HTTPError as error:
            raise UnavailableError(str(error)) from error
    raise TooSlowError(f"no image after {settings().comfyui_timeout:g} seconds")


def answers() -> bool:
    """Whether ComfyUI is there."""
    try:
        return httpx.get(f"{settings().comfyui_url}/system_stats", timeout=2).is_success
    except httpx.HTTPError:
        return False


def _outcome(entry: dict[str, Any]) -> str:
    if entry["status"]["status_str"] == "success":
        name: str = entry["outputs"]["images"][0]["filename"]
        return name
    message = next(text["exception_message"] for kind, text in entry["status"]["messages"] if kind == "execution_error")
    if "out of memory" in message:
        raise OutOfMemoryError(message)
    raise ComfyUIError(message)
