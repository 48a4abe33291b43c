"""From what a person types to the cloud, and to one object in it."""

from __future__ import annotations

import click

from sandbox.cloud import Cloud, CloudObject
from sandbox.home import Home


def cloud_of(home: Home) -> Cloud:
    """The cloud of a home; says what to do when there is none."""
    if not home.database.exists():
        raise click.ClickException(f"there is no cloud in {home.path}; make one: python -m sandbox start")
    return Cloud(home.database)


def one_object(cloud: Cloud, wanted: str) -> CloudObject:
    """The one object with this logical name, id, or `Type/name`; says which there are when it is not one."""
    objects = cloud.objects()
    found = [each for each in objects if wanted in (each.id, each.name, label(each), f"{kind(each)}/{each.id}")]
    if len(found) == 1:
        return found[0]
    if not found:
        close = [label(each) for each in objects if wanted.lower() in f"{label(each)} {each.id}".lower()]
        hint = f"; similar: {', '.join(close[:5])}" if close else "; `python -m sandbox list` shows them all"
        raise click.ClickException(f"there is no object {wanted!r}{hint}")
    raise click.ClickException(f"{wanted!r} is the name of several: {', '.join(label(each) for each in found)}")


def kind(each: CloudObject) -> str:
    """The last part of the type: `Monitor`."""
    return each.type.rsplit(":", 1)[-1]


def label(each: CloudObject) -> str:
    """How a person tells objects apart: `Monitor/api-errors`."""
    return f"{kind(each)}/{each.name}"
