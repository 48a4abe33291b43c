"""What this system emits, the languages it is queried in, and the proof that every query selects something real."""
