"""What a preview costs: our program against an empty and a flat one, on the real engine."""
