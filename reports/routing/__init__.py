"""Who is told: every alert of a stack, every change of it, in working hours and outside of them."""
