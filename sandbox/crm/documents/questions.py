"""What papers must ask of other areas; wiring says who answers."""

from __future__ import annotations

from sandbox.ledger import Question

# agreed_lines.ask(deal): what the customer has agreed to buy, each with `lines` and the way with the tax
agreed_lines = Question("agreed_lines")

# may_hurry.ask(document): reasons why a counterparty may not be made to answer at once
may_hurry = Question("may_hurry")
