"""Deals as cards in columns: each column names the action by which a card comes there."""
