"""What is named in manifests but is not there, and what is there but never named."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tests.unit.components.agent.examples import Manifest, containers, of_kind, pod_templates

BUILT_IN_ROLES = {
    ("ClusterRole", None, "system:auth-delegator"),
    ("Role", "kube-system", "extension-apiserver-authentication-reader"),
}
BUILT_IN_ACCOUNTS = {("kube-system", "horizontal-pod-autoscaler")}


def orphans(manifests: dict[str, Manifest], existing_secrets: set[str]) -> list[str]:
    """One sentence for each."""
    return [
        *_volumes(manifests),
        *_secrets(manifests, existing_secrets),
        *_config_maps(manifests),
        *_services(manifests),
        *_accounts(manifests),
        *_roles(manifests),
        *_selectors(manifests),
        *_others(manifests),
    ]


def _volumes(manifests: dict[str, Manifest]) -> Iterator[str]:
    for name, template in pod_templates(manifests):
        there = {volume["name"] for volume in template["spec"]["volumes"]}
        for container in containers(template):
            paths = [mount["mountPath"] for mount in container["volumeMounts"]]
            if len(set(paths)) < len(paths):
                yield f"{name}.{container['name']}: two mounts at one path"
        mounted = {mount["name"] for container in containers(template) for mount in container["volumeMounts"]}
        yield from (f"{name}: volume {each} is not there" for each in mounted - there)
        yield from (f"{name}: volume {each} is not mounted" for each in there - mounted)


def _secrets(manifests: dict[str, Manifest], existing: set[str]) -> Iterator[str]:
    keys = {(one["metadata"]["name"], key) for one in of_kind(manifests, "Secret") for key in one["stringData"]}
    used = set()
    for name, template in pod_templates(manifests):
        for container in containers(template):
            for entry in container.get("env", ()):
                reference = entry.get("valueFrom", {}).get("secretKeyRef")
                if reference:
                    used.add((reference["name"], reference["key"]))
                    if reference["name"] not in existing and (reference["name"], reference["key"]) not in keys:
                        yield f"{name}: secret {reference}"
        for volume in template["spec"]["volumes"]:
            if "secret" in volume and volume["secret"]["secretName"] not in existing:
                yield f"{name}: secret {volume}"
    yield from (f"secret {each} is not used" for each in keys - used)


def _config_maps(manifests: dict[str, Manifest]) -> Iterator[str]:
    keys = {(one["metadata"]["name"], key) for one in of_kind(manifests, "ConfigMap") for key in one["data"]}
    used = set()
    for name, template in pod_templates(manifests):
        paths: dict[str, set[str]] = {}
        for volume in template["spec"]["volumes"]:
            for item in volume.get("configMap", {}).get("items", ()):
                used.add((volume["configMap"]["name"], item["key"]))
                paths.setdefault(volume["name"], set()).add(item["path"])
                if (volume["configMap"]["name"], item["key"]) not in keys:
                    yield f"{name}: {item['key']} is not in ConfigMap {volume['configMap']['name']}"
        for container in containers(template):
            for mount in container["volumeMounts"]:
                if "subPath" in mount and mount["subPath"] not in paths.get(mount["name"], ()):
                    yield f"{name}: no file {mount['subPath']} in volume {mount['name']}"
    yield from (f"ConfigMap key {each} is not used" for each in keys - used)


def _services(manifests: dict[str, Manifest]) -> Iterator[str]:
    for service in of_kind(manifests, "Service"):
        wanted = service["spec"]["selector"].items()
        behind = [t for _, t in pod_templates(manifests) if wanted <= t["metadata"]["labels"].items()]
        if not behind:
            yield f"service {service['metadata']['name']}: no pods"
        ports = {
            (port["name"], port["protocol"])
            for template in behind
            for container in template["spec"]["containers"]
            for port in container.get("ports", ())
        }
        for port in service["spec"]["ports"]:
            if (port["targetPort"], port["protocol"]) not in ports:
                yield f"service {service['metadata']['name']}: no port {port}"


def _accounts(manifests: dict[str, Manifest]) -> Iterator[str]:
    there = {(one["metadata"]["namespace"], one["metadata"]["name"]) for one in of_kind(manifests, "ServiceAccount")}
    used = {
        (manifest["metadata"]["namespace"], manifest["spec"]["template"]["spec"]["serviceAccountName"])
        for manifest in manifests.values()
        if manifest["kind"] in {"DaemonSet", "Deployment"}
    }
    yield from (f"account {each} is not there" for each in used - there)
    yield from (f"account {each} is not used" for each in there - used)
    for binding in (*of_kind(manifests, "RoleBinding"), *of_kind(manifests, "ClusterRoleBinding")):
        for subject in binding["subjects"]:
            if (subject["namespace"], subject["name"]) not in there | BUILT_IN_ACCOUNTS:
                yield f"binding {binding['metadata']['name']}: no account {subject}"


def _roles(manifests: dict[str, Manifest]) -> Iterator[str]:
    roles = {_place(one) for kind in ("Role", "ClusterRole") for one in of_kind(manifests, kind)}
    bound = set()
    for kind in ("RoleBinding", "ClusterRoleBinding"):
        for binding in of_kind(manifests, kind):
            reference = binding["roleRef"]
            namespace = binding["metadata"].get("namespace") if reference["kind"] == "Role" else None
            bound.add((reference["kind"], namespace, reference["name"]))
    yield from (f"role {each} is not there" for each in bound - roles - BUILT_IN_ROLES)
    yield from (f"role {each} is not bound" for each in roles - bound)


def _selectors(manifests: dict[str, Manifest]) -> Iterator[str]:
    templates = dict(pod_templates(manifests))
    for name, template in templates.items():
        wanted = manifests[name]["spec"]["selector"]["matchLabels"].items()
        if not wanted <= template["metadata"]["labels"].items():
            yield f"{name}: its selector does not find its pods"
        others = [other for other, one in templates.items() if wanted <= one["metadata"]["labels"].items()]
        if others != [name]:
            yield f"{name}: its selector finds the pods of {others}"
    for kind, path in (("PodDisruptionBudget", "selector"), ("NetworkPolicy", "podSelector")):
        for one in of_kind(manifests, kind):
            wanted = one["spec"][path]["matchLabels"].items()
            if not any(wanted <= template["metadata"]["labels"].items() for template in templates.values()):
                yield f"{kind} {one['metadata']['name']}: no pods"


def _others(manifests: dict[str, Manifest]) -> Iterator[str]:
    classes = {one["metadata"]["name"] for one in of_kind(manifests, "PriorityClass")}
    services = {one["metadata"]["name"]: one for one in of_kind(manifests, "Service")}
    for name, template in pod_templates(manifests):
        if template["spec"]["priorityClassName"] not in classes:
            yield f"{name}: no priority class"
        for container in containers(template):
            names = [entry["name"] for entry in container.get("env", ())]
            if len(set(names)) < len(names):
                yield f"{name}.{container['name']}: a variable is there twice"
            for entry in container.get("env", ()):
                if entry["name"].endswith("_SERVICE_NAME") and entry["value"] not in services:
                    yield f"{name}: no service {entry['value']}"
    for one in of_kind(manifests, "APIService"):
        service = one["spec"]["service"]
        found = services.get(service["name"])
        if found is None or service["port"] not in {port["port"] for port in found["spec"]["ports"]}:
            yield f"APIService: no service {service}"


def _place(role: dict[str, Any]) -> tuple[str, str | None, str]:
    return role["kind"], role["metadata"].get("namespace"), role["metadata"]["name"]
