"""What all resource classes share."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, cast

import pulumi

Text = pulumi.Input[str]
MaybeText = pulumi.Input[str] | None
MaybeBool = pulumi.Input[bool] | None
MaybeInt = pulumi.Input[int] | None
Texts = pulumi.Input[Sequence[pulumi.Input[str]]]
Objects = pulumi.Input[Sequence[pulumi.Input[Mapping[str, Any]]]]


class SentryResource(pulumi.CustomResource):
    """A resource of this provider."""

    def __init__(
        self, token: str, resource_name: str, inputs: Mapping[str, Any], opts: pulumi.ResourceOptions | None
    ) -> None:
        super().__init__(token, resource_name, {**inputs, "internal_id": None}, opts)

    def translate_output_property(self, prop: str) -> str:
        """Inputs are handed over under the names of the protocol; only our output has a name of Python's."""
        return "internal_id" if prop == "internalId" else prop

    def translate_input_property(self, prop: str) -> str:
        """The other way round."""
        return "internalId" if prop == "internal_id" else prop

    @property
    @pulumi.getter(name="internalId")
    def internal_id(self) -> pulumi.Output[str]:
        """Sentry's own number of the object; for settings, the project's slug."""
        return cast("pulumi.Output[str]", pulumi.get(self, "internal_id"))
