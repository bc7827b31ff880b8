"""Leads passed from marketing to sales: by the fit rule, accepted or returned with a reason, in time."""
