"""The tables that readers can take away as data, and their rows as text."""
