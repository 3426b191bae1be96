"""The Python that readers' browsers load."""
