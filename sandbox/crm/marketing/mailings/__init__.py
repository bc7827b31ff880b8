"""Mailings: who gets a letter and who does not, the sending, and what came of it."""
