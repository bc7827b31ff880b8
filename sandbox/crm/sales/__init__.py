"""Leads and deals: from the first question to the payment."""
