"""What needs neither Flask nor a database: refusals, the clock, money, identifiers, folded text."""
