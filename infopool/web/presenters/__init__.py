"""From the directory's and the search's values to what a template prints: words, links, marks."""
