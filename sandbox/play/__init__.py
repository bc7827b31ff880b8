"""Performs moves: through the actions, and as targets on the page for coach, demo and browser."""
