"""The only list of who answers which question and who listens to which event."""

from __future__ import annotations

import logging
from collections.abc import Iterator

from flask import Flask, url_for
from flask_login import current_user
from huey import crontab

from sandbox.crm.attribution import harvests_of
from sandbox.crm.bulk.working import go_on
from sandbox.crm.communications import listeners as communications
from sandbox.crm.communications.hushing import forget_name
from sandbox.crm.communications.questions import may_see, waits_for
from sandbox.crm.customers.importing.working import forget_purged
from sandbox.crm.customers.masking import masked_people
from sandbox.crm.customers.questions import may_delete
from sandbox.crm.documents import listeners as documents
from sandbox.crm.documents.exchange_working import answer_what_is_due
from sandbox.crm.documents.keeping import forget_files
from sandbox.crm.documents.questions import agreed_lines, may_hurry
from sandbox.crm.documents.waiting import papers_waiting
from sandbox.crm.leads_waiting import leads_waiting
from sandbox.crm.marketing import listeners as marketing
from sandbox.crm.marketing.mailings import listeners as mailings
from sandbox.crm.marketing.mailings.questions import may_run_out, no_mailing_ahead
from sandbox.crm.marketing.mailings.working import send_what_is_due
from sandbox.crm.marketing.segments.questions import may_delete_segment
from sandbox.crm.sales import listeners as sales
from sandbox.crm.sales.attribution import harvests
from sandbox.crm.sales.offers.queries import accepted_offers, no_offers
from sandbox.crm.sales.offers.waiting import offers_waiting
from sandbox.crm.sales.questions import (
    deal_fits_rules,
    leads_of_masked_people,
    may_delete_deal,
    may_win,
    no_open_deals,
)
from sandbox.crm.sight import insist_on_sight, job_role_opens
from sandbox.kernel.clock import machine_now
from sandbox.ledger import after, during
from sandbox.ledger.hushing import names_gone
from sandbox.ledger.questions import on_refusal
from sandbox.people import groups, job_roles
from sandbox.seeding.practice import open_free_space
from sandbox.seeding.recipes import company_codes, company_file
from sandbox.spaces import Space
from sandbox.spaces.access import looks_over, objections, sights
from sandbox.spaces.company import CompanyFaults
from sandbox.training import attempts, judging, retention
from sandbox.training.proof.upkeep import prove_missing
from sandbox.web.languages import current_language
from sandbox.web.page_images import forget_unread
from sandbox.web.unit_of_work import unit_of_work

log = logging.getLogger(__name__)


def connect(app: Flask) -> None:
    """Join those who ask with those who answer, and events with those who listen."""
    may_win.answered_by(deal_fits_rules)
    may_win.answered_by(documents.signed_contract)
    may_delete.answered_by(no_open_deals)
    may_see.answered_by(job_role_opens)
    waits_for.answered_by(papers_waiting)
    harvests_of.answered_by(harvests)
    waits_for.answered_by(leads_waiting)
    waits_for.answered_by(offers_waiting)
    may_delete.answered_by(documents.no_documents)
    may_delete_deal.answered_by(documents.no_documents_of)
    may_delete_deal.answered_by(no_offers)
    agreed_lines.answered_by(accepted_offers)
    may_hurry.answered_by(attempts.waits_in_exams)
    may_run_out.answered_by(attempts.waits_in_exams)
    may_delete_segment.answered_by(no_mailing_ahead)
    names_gone.answered_by(masked_people)
    names_gone.answered_by(leads_of_masked_people)
    names_gone.answered_by(marketing.submissions_of_masked_people)

    during("call.logged", sales.first_response)
    during("mail.noted", sales.first_letter)
    during("company.edited", sales.know_new_name)
    during("base.handed_over", sales.take_over)
    during("base.handed_over", communications.take_over_tasks)
    during("company.merged", sales.know_new_name)
    for merged in ("company.merged", "contact.merged"):
        during(merged, communications.follow_survivor)
    for withdrawn in ("consent.withdrawn", "contact.withdrew"):
        during(withdrawn, forget_name)
    during("consent.withdrawn", sales.forget_person)
    during("contact.withdrew", sales.forget_person)
    during("consent.withdrawn", mailings.forget_person)
    during("contact.withdrew", mailings.forget_person)
    during("consent.withdrawn", marketing.forget_sent)
    during("contact.withdrew", marketing.forget_sent)
    during("company.edited", documents.know_new_name)
    during("company.merged", documents.know_new_name)
    during("document.payment_recorded", sales.take_payment)
    during("company.handed_over", sales.hand_over_open_deals)
    during("company.handed_over", communications.take_over_cases)
    during("deal.lost", sales.call_off_what_was_planned)
    during("lead.rejected", sales.call_off_what_was_planned)

    after(judging.hear)
    on_refusal(judging.hear_refusal)
    if groups.looks_over not in looks_over:
        looks_over.append(groups.looks_over)
    for speak_up in (attempts.insist_on_time, attempts.go_on_by_working):
        if speak_up not in objections:
            objections.append(speak_up)
    if insist_on_sight not in sights:
        sights.append(insist_on_sight)
    job_roles.ask(roles_of_companies)
    app.extensions["nav"].home_space = free_practice_of_visitor
    app.extensions["nav"].opening = opening_for_visitor
    keep_house(app)


def roles_of_companies() -> Iterator[tuple[str, str]]:
    """The job roles of all companies, titled in the language in use."""
    for code in company_codes():
        try:
            yield from company_file(code).choices("roles", current_language())
        except CompanyFaults:
            continue  # a faulty file is told of where it is played; accounts can do without it


def free_practice_of_visitor() -> Space | None:
    """Where the rail leads a person who is in no space."""
    return open_free_space(current_user.id) if current_user.is_authenticated else None


def opening_for_visitor() -> str:
    """Where the rail and the search open free practice for a trainee who has none yet."""
    practises = current_user.is_authenticated and current_user.role == "trainee"
    return url_for("training.practice") if practises else ""


def keep_house(app: Flask) -> None:
    """Give the background worker what it does by itself: judge late control runs, purge what is old."""

    @app.extensions["queue"].periodic_task(crontab(minute="*"))
    def judge_late_control_runs() -> None:
        with app.app_context(), unit_of_work():
            attempts.conclude_late(machine_now())

    @app.extensions["queue"].periodic_task(crontab(minute="*"))
    @app.extensions["queue"].lock_task("proof")
    def prove_what_changed() -> None:
        with app.app_context():
            prove_missing(log.info)

    @app.extensions["queue"].periodic_task(crontab(minute="*"))
    @app.extensions["queue"].lock_task("exchange")
    def answer_for_counterparties() -> None:
        with app.test_request_context("/"):
            answer_what_is_due()

    @app.extensions["queue"].periodic_task(crontab(minute="*"))
    @app.extensions["queue"].lock_task("mailings")
    def let_mailings_go_on() -> None:
        with app.test_request_context("/"):
            send_what_is_due()

    @app.extensions["queue"].periodic_task(crontab(minute="*"))
    def go_on_with_many_records() -> None:
        with app.app_context():
            go_on()

    @app.extensions["queue"].periodic_task(crontab(minute="17"))
    def purge_old_attempts() -> None:
        with app.app_context():
            retention.purge_old(machine_now())
            forget_purged()
            forget_files()
            forget_unread()
