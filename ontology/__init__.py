"""What may be said: vocabulary, SKOS schemes, shapes, the dated register, named queries."""
