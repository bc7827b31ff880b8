"""Campaigns: what the firm does to be asked, by which tag its leads are known, and what it costs."""
