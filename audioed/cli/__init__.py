"""The command line: what stands on it becomes nouns and settings, and what is made is shown."""
