"""How a result looks, as HTML, text and drawings."""
