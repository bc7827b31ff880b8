"""The practice CRM: customers, communications, sales; it never knows that it is a school."""

from flask import Flask

from sandbox.crm.communications.models import Activity
from sandbox.crm.customers.models import Company, Contact
from sandbox.crm.sales.deals import Deal
from sandbox.crm.sales.leads import Lead
from sandbox.crm.sales.pipelines import Pipeline, Stage, StageSpan, make_pipelines

__all__ = [
    "Activity",
    "Company",
    "Contact",
    "Deal",
    "Lead",
    "Pipeline",
    "Stage",
    "StageSpan",
    "make_pipelines",
]


def init_app(app: Flask) -> None:
    """Declare all actions; pages register their own blueprints."""
