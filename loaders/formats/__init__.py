"""The kinds of files that hold directives, and how each becomes text in reading order."""
