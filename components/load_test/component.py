"""The load test as resources."""

from __future__ import annotations

import pulumi
import pulumi_docker as docker

from components.load_test.compile import NAME, compile_image, compile_load_test
from components.load_test.spec import LoadTestSpec
from infra import kubernetes


class LoadTest(pulumi.ComponentResource):
    """The image, built and pushed, and the job that runs what was pushed, by its digest."""

    def __init__(self, name: str, spec: LoadTestSpec, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("monitoring:load_test:LoadTest", name, None, opts)
        child = pulumi.ResourceOptions(parent=self)
        image = docker.Image(f"{NAME}-image", opts=child, **compile_image(spec, pulumi.get_root_directory()))
        for logical_name, manifest in compile_load_test(spec, image.repo_digest).items():
            kubernetes.declare(logical_name, manifest, child)
        self.register_outputs({"image": image.repo_digest})
