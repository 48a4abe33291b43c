"""Ids and digests as a Docker engine makes them; nothing is pulled or built."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from typing import Any

from sandbox.computed.context import Making

Answer = tuple[str, dict[str, Any]]


def _repository(reference: str) -> str:
    name = reference.split("@", 1)[0]
    return name.rsplit(":", 1)[0] if ":" in name.rsplit("/", 1)[-1] else name


def remote_image(inputs: Mapping[str, Any], making: Making) -> Answer:
    """A pulled image: its id, and the digest to pin."""
    name = str(inputs.get("name"))
    image = f"sha256:{making.hex('image', 64)}"
    return f"{image}{name}", {"imageId": image, "repoDigest": f"{_repository(name)}@sha256:{making.hex('digest', 64)}"}


def image(inputs: Mapping[str, Any], _making: Making) -> Answer:
    """An image built from a context and pushed; the same build has the same digest, as with a builder's cache."""
    name = str(inputs.get("imageName"))
    content = json.dumps([name, inputs.get("build")], sort_keys=True, default=str)
    digest = f"{_repository(name)}@sha256:{hashlib.sha256(content.encode()).hexdigest()}"
    host = name.split("/", 1)[0]
    return digest, {
        "baseImageName": name,
        "repoDigest": digest,
        "registryServer": host if "." in host or ":" in host else "docker.io",
        "context": _member(inputs.get("build"), "context", "."),
        "dockerfile": _member(inputs.get("build"), "dockerfile", "Dockerfile"),
    }


def _member(value: Any, name: str, default: str) -> Any:
    return value.get(name, default) if isinstance(value, Mapping) else default


def registry_image(_inputs: Mapping[str, Any], making: Making) -> Answer:
    """An image in a registry."""
    digest = f"sha256:{making.hex('digest', 64)}"
    return digest, {"sha256Digest": digest}


def container(_inputs: Mapping[str, Any], making: Making) -> Answer:
    """A container: 64 hexadecimal digits."""
    return making.hex("id", 64), {}


def named(inputs: Mapping[str, Any], making: Making) -> Answer:
    """A type whose id is its name."""
    name = inputs.get("name") or f"{making.name}-{making.hex('name', 7)}"
    return str(name), {"name": name}


RULES: dict[str, Callable[[Mapping[str, Any], Making], Answer]] = {
    "docker:index/remoteImage:RemoteImage": remote_image,
    "docker:index/image:Image": image,
    "docker:index/registryImage:RegistryImage": registry_image,
    "docker:index/container:Container": container,
    "docker:index/network:Network": container,
    "docker:index/volume:Volume": named,
}
