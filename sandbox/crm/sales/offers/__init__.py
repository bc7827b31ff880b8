"""Offers on a deal: what is offered at what price, who allowed the discount, and what the customer said."""
