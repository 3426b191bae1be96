"""A page read once: its front matter, its Markdown, its elements. The ground of the rest."""
