"""Published numbers, each with its source, and nothing else."""
