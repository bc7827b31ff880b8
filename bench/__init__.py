"""What `make bench` runs: times of one run against a plain page of the same run, on a database of its own."""
