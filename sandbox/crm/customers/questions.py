"""What customers must ask of other areas before a change; wiring says who answers."""

from sandbox.ledger import Question

# may_delete.ask(company): reasons why a company may not be deleted
may_delete = Question("may_delete")
