"""Message templates: what is written, with placeholders that the cards fill."""
