"""What stands on a page and is not typed there: forms, tables, pictures, terms."""
