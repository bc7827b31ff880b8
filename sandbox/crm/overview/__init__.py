"""The first page of a space: what a job role looks at in the morning, each card a file of its own."""
