"""An openly synthetic corpus of any size from a seed: from record to text, with the truth beside each text."""
