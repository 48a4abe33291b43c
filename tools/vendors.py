"""What a vendor's API refuses, or leaves without an answer, in words."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import httpx
from datadog_api_client.exceptions import ApiException as DatadogRefusal
from kubernetes.client.exceptions import ApiException as KubernetesRefusal
from kubernetes.config.config_exception import ConfigException
from urllib3.exceptions import HTTPError as NoAnswer

_MAY_NOT = {401, 403}
_LONGEST_ANSWER = 300
"""Characters of what a vendor says."""


class VendorError(Exception):
    """A vendor's API could not be asked; the message says which, where, and what to look at."""


@dataclass(frozen=True, slots=True)
class Vendor:
    """Whose API is asked."""

    name: str
    credentials: str
    """What the stack gives it, by the names of the settings."""

    @contextmanager
    def asked(self, url: str | None) -> Iterator[None]:
        """Ask it in here. Raises VendorError in place of what its client raises."""
        where = f"{self.name}{f' at {url}' if url else ''}"
        try:
            yield
        except (DatadogRefusal, KubernetesRefusal) as error:
            raise VendorError(self._refused(where, error.status, str(error.body or error.reason))) from None
        except httpx.HTTPStatusError as error:
            raise VendorError(self._refused(where, error.response.status_code, error.response.text)) from None
        except ConfigException as error:
            raise VendorError(f"{where} cannot be asked: {error}. Look at {self.credentials}") from None
        except (NoAnswer, httpx.HTTPError) as error:
            raise VendorError(f"{where} does not answer ({type(error).__name__}): {error}") from None

    def _refused(self, where: str, status: int | None, said: str) -> str:
        words = " ".join(said.split())
        shown = words if len(words) <= _LONGEST_ANSWER else f"{words[:_LONGEST_ANSWER]}..."
        hint = f". Look at {self.credentials}, and at what they may do" if status in _MAY_NOT else ""
        return f"{where} answered {status}: {shown}{hint}"


DATADOG = Vendor("Datadog", "datadogApiKey and datadogAppKey")
SENTRY = Vendor("Sentry", "sentryAuthToken")
KUBERNETES = Vendor("Kubernetes", "kubeconfig, and kubernetes.context")
