"""What one sees: the SPARQL protocol, pages, the explorer and the picture of one chain."""
