"""The web: HTTP in, HTML and JSON out, and nothing decided here."""
