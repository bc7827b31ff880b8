"""The practice CRM of customers, communications, sales, marketing and documents; it knows of no school."""

from flask import Flask

from sandbox.crm import (
    everywhere,
    following,
    inbox_actions,
    own_list_actions,
    papers_for_records,
    segment_fields,
    web_leads,
)
from sandbox.crm.bulk import running as bulk
from sandbox.crm.communications import actions as communications_actions
from sandbox.crm.communications import (
    calendar_actions,
    case_actions,
    client_handover,
    instruction_actions,
    mention_actions,
)
from sandbox.crm.communications.cases import Case
from sandbox.crm.communications.instructions import Acknowledgement, Instruction
from sandbox.crm.communications.mentions import Mention
from sandbox.crm.communications.models import Activity
from sandbox.crm.customers import (
    address_actions,
    bank,
    companies,
    consent_actions,
    contacts,
    handing_over,
    merge_actions,
    tags,
)
from sandbox.crm.customers.addresses import Address
from sandbox.crm.customers.consents import Consent
from sandbox.crm.customers.importing import cards as importing_cards
from sandbox.crm.customers.importing import running as importing
from sandbox.crm.customers.models import Company, Contact
from sandbox.crm.customers.tags import Tag
from sandbox.crm.documents import actions as document_actions
from sandbox.crm.documents import (
    approval_actions,
    chase_actions,
    closing_actions,
    exchange_actions,
    payments,
    signing,
)
from sandbox.crm.documents.approval_models import Approval, Delegation, Visa
from sandbox.crm.documents.exchange_making import make_powers
from sandbox.crm.documents.exchange_models import Power, Sending
from sandbox.crm.documents.models import Document, DocumentLine, Payment, Version
from sandbox.crm.marketing.campaigns import actions as campaign_actions
from sandbox.crm.marketing.campaigns import costs as campaign_costs
from sandbox.crm.marketing.campaigns.models import Campaign, CampaignCost
from sandbox.crm.marketing.mailings import actions as mailing_actions
from sandbox.crm.marketing.mailings.models import Mailing, MailingRecipient, MailingSegment
from sandbox.crm.marketing.messages import actions as message_actions
from sandbox.crm.marketing.messages.models import MessageTemplate, TestSend
from sandbox.crm.marketing.segments import actions as segment_actions
from sandbox.crm.marketing.segments import customer_fields
from sandbox.crm.marketing.segments.models import Segment, SegmentMember, SegmentPart
from sandbox.crm.marketing.suppressions import actions as suppression_actions
from sandbox.crm.marketing.suppressions.models import Suppression
from sandbox.crm.marketing.web_forms import actions as web_form_actions
from sandbox.crm.marketing.web_forms.models import RoutingRule, Submission, WebForm
from sandbox.crm.own_lists import ListChoice, ListView
from sandbox.crm.sales import attribution_actions, closing, deal_actions, lead_actions, lead_import
from sandbox.crm.sales.catalogue import actions as catalogue_actions
from sandbox.crm.sales.catalogue.making import make_catalogue
from sandbox.crm.sales.catalogue.models import Price, PriceList, Product
from sandbox.crm.sales.deals import Deal
from sandbox.crm.sales.handovers import actions as handover_actions
from sandbox.crm.sales.handovers.models import Handover
from sandbox.crm.sales.leads import Lead
from sandbox.crm.sales.offers import actions as offer_actions
from sandbox.crm.sales.offers import answers as offer_answers
from sandbox.crm.sales.offers import approval as offer_approval
from sandbox.crm.sales.offers.models import Offer, OfferLine
from sandbox.crm.sales.pipelines import Pipeline, Stage, StageSpan, make_pipelines

# Importing these modules declares the actions.
CUSTOMERS = (
    companies,
    contacts,
    address_actions,
    tags,
    bank,
    consent_actions,
    merge_actions,
    handing_over,
    importing,
    importing_cards,
)
SALES = (lead_actions, lead_import, attribution_actions, handover_actions, deal_actions, closing)
DOCUMENTS = (
    document_actions,
    approval_actions,
    signing,
    payments,
    closing_actions,
    exchange_actions,
    chase_actions,
    papers_for_records,
)
COMMUNICATIONS = (
    everywhere,
    bulk,
    own_list_actions,
    following,
    inbox_actions,
    communications_actions,
    mention_actions,
    calendar_actions,
    case_actions,
    instruction_actions,
    client_handover,
)
CATALOGUE = (catalogue_actions, offer_actions, offer_approval, offer_answers)
MARKETING = (
    campaign_actions,
    campaign_costs,
    segment_actions,
    customer_fields,
    segment_fields,
    message_actions,
    suppression_actions,
    mailing_actions,
    web_form_actions,
    web_leads,
)
ACTIONS = (*CUSTOMERS, *SALES, *CATALOGUE, *MARKETING, *DOCUMENTS, *COMMUNICATIONS)

__all__ = [
    "ACTIONS",
    "Acknowledgement",
    "Activity",
    "Approval",
    "Campaign",
    "CampaignCost",
    "Case",
    "Address",
    "Company",
    "Consent",
    "Contact",
    "Deal",
    "Delegation",
    "Document",
    "DocumentLine",
    "Handover",
    "Instruction",
    "Lead",
    "ListChoice",
    "ListView",
    "Mailing",
    "MailingRecipient",
    "MailingSegment",
    "Mention",
    "MessageTemplate",
    "Offer",
    "OfferLine",
    "Payment",
    "Power",
    "Pipeline",
    "Price",
    "PriceList",
    "Product",
    "RoutingRule",
    "Segment",
    "SegmentMember",
    "SegmentPart",
    "Sending",
    "Stage",
    "StageSpan",
    "Submission",
    "Suppression",
    "Tag",
    "TestSend",
    "Version",
    "Visa",
    "WebForm",
    "make_catalogue",
    "make_powers",
    "make_pipelines",
]


def init_app(app: Flask) -> None:
    """Give the areas their pages, and the actions declared by the imports above their routes."""
    from sandbox.crm import choosing, inline, nav, new_task, own_list_views, search, wording
    from sandbox.crm.bulk import views as bulk_views
    from sandbox.crm.bulk import working as bulk_working
    from sandbox.crm.communications import calendar_views, case_views, inbox_views, instruction_views
    from sandbox.crm.communications import views as communications_views
    from sandbox.crm.customers import views as customers_views
    from sandbox.crm.customers.importing import views as importing_views
    from sandbox.crm.customers.importing import working
    from sandbox.crm.documents import chase_views, exchange_views
    from sandbox.crm.documents import views as documents_views
    from sandbox.crm.marketing.campaigns import views as campaigns_views
    from sandbox.crm.marketing.mailings import views as mailings_views
    from sandbox.crm.marketing.messages import views as messages_views
    from sandbox.crm.marketing.results import views as results_views
    from sandbox.crm.marketing.segments import views as segments_views
    from sandbox.crm.marketing.suppressions import views as suppressions_views
    from sandbox.crm.marketing.web_forms import views as web_forms_views
    from sandbox.crm.marketing.web_forms import visiting
    from sandbox.crm.overview import views as overview_views
    from sandbox.crm.sales import views as sales_views
    from sandbox.crm.sales.board import views as board_views
    from sandbox.crm.sales.catalogue import views as catalogue_views
    from sandbox.crm.sales.handovers import views as handovers_views
    from sandbox.crm.sales.offers import views as offers_views
    from sandbox.crm.sales.review import views as review_views
    from sandbox.ledger import register_pages

    sales = (sales_views, handovers_views, board_views, review_views, catalogue_views, offers_views)
    marketing = (
        campaigns_views,
        results_views,
        mailings_views,
        segments_views,
        messages_views,
        suppressions_views,
        web_forms_views,
        visiting,
    )
    for area in (
        customers_views,
        importing_views,
        *sales,
        *marketing,
        documents_views,
        exchange_views,
        chase_views,
        communications_views,
        inbox_views,
        calendar_views,
        case_views,
        instruction_views,
        own_list_views,
        bulk_views,
        inline,
        search,
        choosing,
        overview_views,
        new_task,
    ):
        app.register_blueprint(area.blueprint)
    register_pages(app)
    working.init_app(app)
    bulk_working.init_app(app)
    nav.init_app(app)
    app.add_template_filter(wording.counted, "counted")
