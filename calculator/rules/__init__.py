"""What is compared with what: facts, without a word."""
