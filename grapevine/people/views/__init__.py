"""Pages about oneself, one's door, and running the place."""
