"""What the pool holds: offers, providers, places, topics, and the rules they obey."""
