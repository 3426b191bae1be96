"""Every sentence a reader sees, without a number."""
