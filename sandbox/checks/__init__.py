"""What the real vendors refuse, refused here: all problems of a resource at once."""
