"""The whole site as one file."""
