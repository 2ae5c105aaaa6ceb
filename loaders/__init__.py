"""From a text to its record: read, clean, layout, mentions, resolve, obligations."""
