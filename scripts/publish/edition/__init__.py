"""The print edition: the articles of the site as one PDF."""
