"""The host checks of the node agents: processor, memory, load, disks, network."""

from __future__ import annotations

from functools import partial

from contract.telemetry import model
from contract.telemetry.model import ServiceCheck, Source, Status, Tag
from contract.telemetry.tags import HOST, free

_DISK = (*HOST, *free("device", "device_name"))

_gauge = partial(model.gauge, source=Source.HOST)

METRICS = (
    _gauge("system.cpu.user", "percent", HOST, "Time in programs."),
    _gauge("system.cpu.system", "percent", HOST, "Time in the kernel."),
    _gauge("system.cpu.iowait", "percent", HOST, "Time waiting for disks."),
    _gauge("system.cpu.idle", "percent", HOST, "Time doing nothing."),
    _gauge("system.cpu.stolen", "percent", HOST, "Time the hypervisor gave to others."),
    _gauge("system.core.count", "core", HOST, "Processor cores."),
    _gauge("system.load.1", None, HOST, "Processes that want the processor, over a minute."),
    _gauge("system.load.norm.5", None, HOST, "The same per core, over 5 minutes; 1 is all cores busy."),
    _gauge("system.mem.total", "byte", HOST, "Memory."),
    _gauge("system.mem.usable", "byte", HOST, "Memory that programs can still have."),
    _gauge("system.mem.pct_usable", "fraction", HOST, "Share of memory that programs can still have."),
    _gauge("system.swap.used", "byte", HOST, "Swap in use."),
    _gauge("system.uptime", "second", HOST, "Time since the host started."),
    _gauge("system.disk.total", "byte", _DISK, "Size of a disk."),
    _gauge("system.disk.used", "byte", _DISK, "What is used of a disk."),
    _gauge("system.disk.free", "byte", _DISK, "What is left of a disk."),
    _gauge("system.disk.in_use", "fraction", _DISK, "Share of a disk that is used."),
    _gauge("system.disk.utilized", "percent", _DISK, "Share of a disk that is used, in percent."),
    _gauge("system.fs.inodes.in_use", "fraction", _DISK, "Share of a disk's files that is used."),
    _gauge("system.fs.inodes.utilized", "percent", _DISK, "Share of a disk's files that is used, in percent."),
    _gauge("system.io.util", "percent", _DISK, "Time a disk was busy."),
    _gauge("system.net.bytes_rcvd", "byte", (*HOST, Tag("device")), "What an interface receives.", per="second"),
    _gauge("system.net.bytes_sent", "byte", (*HOST, Tag("device")), "What an interface sends.", per="second"),
    _gauge(
        "system.net.packets_in.error",
        "error",
        (*HOST, Tag("device")),
        "Packets received with an error.",
        per="second",
    ),
)

CHECKS = (
    ServiceCheck(
        name="disk.read_write",
        tags=(*HOST, Tag("device")),
        statuses=frozenset({Status.OK, Status.CRITICAL, Status.UNKNOWN}),
        source=Source.HOST,
        description="Whether a disk is mounted to be written.",
    ),
)
