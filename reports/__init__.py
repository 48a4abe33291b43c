"""What people and other tools read about a stack, made from its settings and specs without the engine."""
