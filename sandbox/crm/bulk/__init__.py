"""What is done with many records of a list at once: by the actions that each record has, as one event."""
