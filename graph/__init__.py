"""What is said: the record, its names and quads, the store, and what follows from it."""
