"""What the search knows about each language: its letters, its word endings, its empty words."""
