"""What Datadog refuses: a table from resource type to its checks."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from sandbox.checks.datadog import apm, dashboard, logs, monitor, routing, rum, slo, synthetics
from sandbox.checks.problem import Problem

Check = Callable[[Mapping[str, Any]], list[Problem]]

CHECKS: dict[str, Check] = {
    "datadog:index/monitor:Monitor": monitor.check,
    "datadog:index/monitorJson:MonitorJson": monitor.check_json,
    "datadog:index/dashboardJson:DashboardJson": dashboard.check_json,
    "datadog:index/dashboard:Dashboard": dashboard.check_typed,
    "datadog:index/serviceLevelObjective:ServiceLevelObjective": slo.check,
    "datadog:index/logsIndex:LogsIndex": logs.check_index,
    "datadog:index/logsCustomPipeline:LogsCustomPipeline": logs.check_pipeline,
    "datadog:index/logsMetric:LogsMetric": logs.check_metric,
    "datadog:index/logsArchive:LogsArchive": logs.check_archive,
    "datadog:index/sensitiveDataScannerGroup:SensitiveDataScannerGroup": logs.check_group,
    "datadog:index/sensitiveDataScannerRule:SensitiveDataScannerRule": logs.check_rule,
    "datadog:index/logsIndexOrder:LogsIndexOrder": logs.check_order,
    "datadog:index/rumApplication:RumApplication": rum.check,
    "datadog:index/rumRetentionFilter:RumRetentionFilter": rum.check_filter,
    "datadog:index/rumMetric:RumMetric": rum.check_metric,
    "datadog:index/monitorNotificationRule:MonitorNotificationRule": routing.check_notification_rule,
    "datadog:index/team:Team": routing.check_team,
    "datadog:index/tagIndexingRule:TagIndexingRule": routing.refused_tag_indexing_rule,
    "datadog:index/syntheticsTest:SyntheticsTest": synthetics.check,
    "datadog:index/spansMetric:SpansMetric": apm.check_metric,
    "datadog:index/apmRetentionFilter:ApmRetentionFilter": apm.check_filter,
    "datadog:index/softwareCatalog:SoftwareCatalog": apm.check_entity,
}
"""Resource type -> what is checked beyond the SDK's own description of its inputs."""
