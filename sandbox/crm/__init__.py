"""The practice CRM: customers, communications, sales; it never knows that it is a school."""

from flask import Flask

from sandbox.crm import everywhere
from sandbox.crm.communications import actions as communications_actions
from sandbox.crm.communications.models import Activity
from sandbox.crm.customers import companies, contacts
from sandbox.crm.customers.models import Company, Contact
from sandbox.crm.sales import closing, deal_actions, lead_actions
from sandbox.crm.sales.deals import Deal
from sandbox.crm.sales.leads import Lead
from sandbox.crm.sales.pipelines import Pipeline, Stage, StageSpan, make_pipelines

# Importing these modules declares the actions.
ACTIONS = (companies, contacts, lead_actions, deal_actions, closing, everywhere, communications_actions)

__all__ = [
    "ACTIONS",
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
    """The actions are declared by the imports above; pages bring their own blueprints."""
