"""The weekly look at the pipeline: what it is worth, and which deals ask for a hand."""
