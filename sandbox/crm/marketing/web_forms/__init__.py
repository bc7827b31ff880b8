"""Web forms: built with separate consents, published, filled in by visitors, and routed to an owner."""
