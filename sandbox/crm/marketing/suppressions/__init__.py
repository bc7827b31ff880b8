"""Suppressions: addresses and domains that no mailing goes to, whatever the cards say."""
