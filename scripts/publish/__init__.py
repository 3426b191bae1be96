"""What is made of the built pages: the only folder that reads built HTML."""
