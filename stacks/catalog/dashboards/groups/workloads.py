"""Pods and their containers: processor, memory, restarts, network."""

from __future__ import annotations

from components.dashboards.palette import Tone
from components.dashboards.spec import Display, Group, Heatmap, Timeseries
from components.dashboards.units import Unit
from stacks.catalog.dashboards.series import line, of, share
from stacks.catalog.dashboards.view import View


def workloads(view: View, scope: str) -> Group:
    """Have pods room, do they stay up, are there enough?"""
    state = "kubernetes_state"
    used, most = (
        of("max", f"kubernetes.memory.{name}", scope, "service", "pod_name") for name in ("working_set", "limits")
    )
    pods = [of("sum", f"{state}.deployment.replicas_{name}", scope, "kube_deployment") for name in ("desired", "ready")]
    return Group(
        title="Pods",
        widgets=(
            Timeseries(
                title="Memory, of its limit",
                series=(share("used", used, most),),
                alert=view.alert("container-memory"),
            ),
            Heatmap(
                title="Processor in use by pod",
                series=line("used", of("sum", "kubernetes.cpu.usage.total", scope, "pod_name"), Unit.NANOCORE),
            ),
            Timeseries(
                title="Held back for want of processor",
                series=(
                    line(
                        "held back",
                        of("sum", "container.cpu.throttled", scope, "service"),
                        Unit.NANOSECOND,
                        tone=Tone.WARNING,
                    ),
                ),
            ),
            Timeseries(
                title="Pods wanted and ready",
                series=(
                    line("wanted", pods[0], None),
                    line("ready", pods[1], None, tone=Tone.GOOD),
                ),
            ),
            Timeseries(
                title="Restarts of containers, so far",
                series=(
                    line(
                        "restarts",
                        of("sum", f"{state}.container.restarts", scope, "service", "kube_deployment"),
                        None,
                        tone=Tone.BAD,
                    ),
                ),
            ),
            Timeseries(
                title="Network",
                series=(
                    line("in", of("sum", "kubernetes.network.rx_bytes", scope, "service"), Unit.BYTE, per="second"),
                    line("out", of("sum", "kubernetes.network.tx_bytes", scope, "service"), Unit.BYTE, per="second"),
                ),
                display=Display.AREA,
            ),
        ),
    )
