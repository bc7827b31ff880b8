"""Papers: their numbers, versions, visas and the way to the counterparty."""
