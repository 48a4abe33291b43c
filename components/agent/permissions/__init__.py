"""What the agents may do, as data: each entry names the features that need it, and why.

The manifests are derived from these tables, and so is docs/agents/permissions.md.
"""
