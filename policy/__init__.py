"""A policy pack for Pulumi (CrossGuard): what holds for every monitoring stack, whichever program declares it."""
