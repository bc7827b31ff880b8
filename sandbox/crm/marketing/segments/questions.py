"""What segments must ask of others before a change; wiring says who answers."""

from sandbox.ledger import Question

# may_delete_segment.ask(segment): reasons why a segment may not be put away
may_delete_segment = Question("may_delete_segment")
