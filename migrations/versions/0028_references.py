"""References are found by an index that names the space as well, as every query does.

Without it SQLite, which keeps no statistics here, may read a whole space for the few rows of one record.

Revision ID: 0028
Revises: 0027
"""

from __future__ import annotations

from alembic import op

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None

REFERENCES = {
    "acknowledgements": ("instruction_id", "colleague_id"),
    "activities": ("assignee_id", "company_id", "contact_id", "lead_id", "deal_id", "case_id", "document_id"),
    "addresses": ("company_id", "contact_id"),
    "approvals": ("document_id",),
    "calendar_keys": ("colleague_id",),
    "campaign_costs": ("campaign_id",),
    "campaigns": ("owner_id",),
    "cases": ("company_id", "contact_id", "escalated_to_id", "owner_id"),
    "companies": ("merged_into_id", "owner_id"),
    "consents": ("contact_id", "address_id"),
    "contacts": ("company_id", "merged_into_id", "owner_id"),
    "deals": ("company_id", "contact_id", "campaign_id", "last_campaign_id", "lead_id", "stage_id", "owner_id"),
    "delegations": ("absent_id", "deputy_id"),
    "document_lines": ("document_id",),
    "document_versions": ("document_id",),
    "documents": ("company_id", "contact_id", "deal_id", "base_id", "offer_id", "owner_id"),
    "events": ("by_id",),
    "handovers": ("lead_id", "from_id", "to_id"),
    "instructions": ("owner_id",),
    "leads": ("company_id", "contact_id", "campaign_id", "last_campaign_id", "owner_id"),
    "list_views": ("owner_id",),
    "mailing_recipients": ("mailing_id", "segment_id", "contact_id", "company_id"),
    "mailing_segments": ("mailing_id", "segment_id"),
    "mailings": ("template_id", "campaign_id", "owner_id"),
    "mentions": ("activity_id", "colleague_id", "asked_by_id", "answer_id", "task_id"),
    "message_templates": ("owner_id",),
    "offer_lines": ("offer_id", "product_id"),
    "offers": ("deal_id", "former_id", "price_list_id", "asked_by_id", "approved_by_id", "owner_id"),
    "payments": ("document_id",),
    "powers": ("holder_id",),
    "price_lists": ("owner_id",),
    "prices": ("price_list_id", "product_id"),
    "products": ("owner_id",),
    "routing_rules": ("web_form_id", "colleague_id"),
    "segment_members": ("segment_id", "contact_id", "company_id", "lead_id"),
    "segment_parts": ("segment_id", "parent_id"),
    "segments": ("owner_id",),
    "sendings": ("document_id", "signer_id", "power_id"),
    "stage_spans": ("deal_id", "stage_id"),
    "stages": ("pipeline_id",),
    "submissions": ("web_form_id", "lead_id", "contact_id", "company_id", "campaign_id", "routed_to_id"),
    "suppressions": ("owner_id",),
    "tags": ("company_id", "contact_id"),
    "test_sends": ("template_id", "to_id", "contact_id"),
    "visas": ("approval_id", "decided_by_id", "deputy_of_id", "task_id"),
    "web_forms": ("routed_to_id", "last_routed_id", "campaign_id", "owner_id"),
}


def upgrade() -> None:
    op.drop_index("ix_events_code", table_name="events")
    op.create_index("ix_events_code", "events", ["space_id", "code"])
    for table, column in _all():
        op.drop_index(f"ix_{table}_{column}", table_name=table)
        op.create_index(f"ix_{table}_{column}", table, [column, "space_id"])


def downgrade() -> None:
    op.drop_index("ix_events_code", table_name="events")
    op.create_index("ix_events_code", "events", ["code"])
    for table, column in _all():
        op.drop_index(f"ix_{table}_{column}", table_name=table)
        op.create_index(f"ix_{table}_{column}", table, [column])


def _all() -> list[tuple[str, str]]:
    return [(table, column) for table, columns in REFERENCES.items() for column in columns]
