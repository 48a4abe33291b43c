"""Run the policy pack on a stack: on what would change, and on what is there."""
