"""The provider protocol: what the engine asks for, answered from the cloud."""
