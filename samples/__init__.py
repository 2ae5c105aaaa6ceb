"""The sample corpus: documents composed for demonstration."""
