"""What the node agents may do at the Kubernetes API and at their kubelet."""

from __future__ import annotations

from components.agent.permissions.accounts import Account
from components.agent.permissions.rule import Rule

FINE_GRAINED_KUBELET = 33
"""The minor version of Kubernetes from which on kubelets ask for `nodes/pods` and the like by themselves. 1.32 has it
as an alpha feature that is off (https://kubernetes.io/docs/reference/access-authn-authz/kubelet-authn-authz/)."""

NODE_RULES: tuple[Rule, ...] = (
    Rule(
        account=Account.NODE,
        verbs=("get",),
        resources=("nodes/metrics", "nodes/stats", "nodes/spec"),
        why="usage of the node and its containers, from its kubelet",
    ),
    Rule(
        account=Account.NODE,
        verbs=("get",),
        resources=("nodes/pods", "nodes/healthz", "nodes/configz"),
        since=FINE_GRAINED_KUBELET,
        why="which pods run on the node, whether the kubelet is well, how it is set up",
    ),
    Rule(
        account=Account.NODE,
        verbs=("get",),
        resources=("nodes/proxy",),
        before=FINE_GRAINED_KUBELET,
        why="the same from kubelets that know no finer right; it also allows to run commands in pods",
    ),
    Rule(
        account=Account.NODE,
        verbs=("get",),
        urls=("/metrics", "/metrics/slis"),
        why="the API server's own metrics, where a node runs the control plane",
    ),
    Rule(
        account=Account.NODE,
        verbs=("get",),
        group="coordination.k8s.io",
        resources=("leases",),
        names=("kube-scheduler", "kube-controller-manager"),
        why="which scheduler and controller manager lead, where a node runs the control plane",
    ),
)
