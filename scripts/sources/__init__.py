"""The bibliography, and what a page makes of a citation."""
