"""Commands around the program: the engine, running a stack, recovering one."""
