"""Finding offers: from the words somebody typed to the offers that fit, whatever engine holds the index."""
