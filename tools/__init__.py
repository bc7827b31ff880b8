"""What the Makefile calls; pure standard library, so that it runs before anything is installed."""
