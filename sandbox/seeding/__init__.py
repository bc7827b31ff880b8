"""Fills a space with a firm's believable data, the same for the same seed."""
