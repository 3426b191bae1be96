"""The claims of the article, each judged, and their table."""
