"""The words and sources of the pages, checked before anyone reads them."""
