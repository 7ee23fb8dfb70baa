"""What runs by itself: the worker, and what it does."""
