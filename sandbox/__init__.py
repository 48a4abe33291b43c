"""An offline stand-in for the Datadog, Sentry, Kubernetes and Docker providers: a development aid, never production."""
