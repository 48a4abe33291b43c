"""The ComponentResources, one folder per area; in each: spec.py -> compile.py (pure) -> component.py (thin)."""
