"""What to do about pending operations and unknown objects. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from tools.recover.found import Found, identity


@dataclass(frozen=True, kw_only=True, slots=True)
class Plan:
    """The steps of one recovery."""

    adopt: tuple[tuple[str, Found], ...]
    """Begun creations whose object exists: the URN, and the object that becomes it."""
    forget: tuple[str, ...]
    """URNs of begun creations that made nothing the state would lack."""
    check: tuple[str, ...]
    """URNs of begun updates and deletions: reading the object back tells what came of them."""
    remove: tuple[Found, ...]
    """Objects that no state knows and no begun creation explains, in the order to delete them."""
    keep: tuple[Found, ...] = ()
    """Such objects that hold history: they are only named."""

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to mend."""
        return not (self.adopt or self.forget or self.check or self.remove)


def make_plan(deployment: Mapping[str, Any], found: Iterable[Found]) -> Plan:
    """Compare an exported deployment (`pulumi stack export`) with the objects that carry the stack's mark.

    A begun creation adopts the one object of its type and identity that no state knows. Where the state already has
    a resource of that URN, the creation was half of a replacement: the new object is removed, and the next run makes
    it again.
    """
    resources = deployment.get("resources") or []
    pending = deployment.get("pending_operations") or []
    known = {(resource["type"], resource.get("id")) for resource in resources}
    urns = {resource["urn"] for resource in resources}
    unknown = [one for one in found if (one.type, one.id) not in known]
    adopt, forget, check = [], [], []
    for operation in pending:
        urn = operation["resource"]["urn"]
        if operation["type"] != "creating":
            check.append(urn)
            continue
        wanted = identity(operation["resource"])
        match = next((one for one in unknown if urn not in urns and (one.type, one.identity) == wanted), None)
        if match is None:
            forget.append(urn)
        else:
            unknown.remove(match)
            adopt.append((urn, match))
    removable = (one for one in unknown if one.delete and not one.holds_history)
    return Plan(
        adopt=tuple(adopt),
        forget=tuple(forget),
        check=tuple(check),
        remove=tuple(sorted(removable, key=lambda one: one.removal_order)),
        keep=tuple(one for one in unknown if one.holds_history),
    )


def mended_deployment(deployment: Mapping[str, Any], plan: Plan) -> dict[str, Any]:
    """The deployment without pending operations, and with what was adopted among its resources.

    Adopted resources go last: what they depend on had been made before them. The engine's own way, `refresh
    --import-pending-creates`, forgets the operation without adopting anything (tried with 3.259.0).
    """
    ids = {urn: found.id for urn, found in plan.adopt}
    begun = (operation["resource"] for operation in deployment.get("pending_operations") or [])
    adopted = [
        {**resource, "id": ids[resource["urn"]], "outputs": resource.get("inputs") or {}}
        for resource in begun
        if resource["urn"] in ids
    ]
    mended = {key: value for key, value in deployment.items() if key != "pending_operations"}
    return {**mended, "resources": [*(deployment.get("resources") or []), *adopted]}
