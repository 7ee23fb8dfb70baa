"""The curators' desk: what the people who tend the pool see and do after signing in."""
