"""Segments: the people, firms or leads that fit a condition, or a list that was fixed."""
