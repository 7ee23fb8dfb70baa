"""The people who tend the pool, and what helps them."""
