"""What the data are: the records, their columns, keys and references. No input or output, and nothing of the builder."""
