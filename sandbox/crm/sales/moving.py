"""How a deal goes from stage to stage: the rules of a move, and the history of stages."""

from __future__ import annotations

from datetime import datetime

from flask_babel import gettext as _

from sandbox.crm.sales.deals import Deal
from sandbox.crm.sales.needs import code_of, has, sentence_for
from sandbox.crm.sales.pipelines import Stage, StageSpan
from sandbox.kernel.errors import Refused


def insist_on_open(deal: Deal) -> None:
    """Refuse with `not_open` when the deal is won or lost already."""
    if deal.status == "won":
        raise Refused("not_open", _("This deal is won already. Reopen it if that was a mistake."))
    if deal.status == "lost":
        raise Refused("not_open", _("This deal is lost. Reopen it if it goes on after all."))


def insist_on_move(deal: Deal, stage: Stage) -> None:
    """Refuse a move that the pipeline does not allow: a skipped stage, or something not filled in."""
    insist_on_open(deal)
    if not stage.is_open or stage.pipeline_id != deal.stage.pipeline_id:
        raise Refused("closed_stage", _("A deal is not moved there: use “Win” or “Lose” to close it."))
    if stage is deal.stage:
        raise Refused("same_stage", _("The deal is in this stage already. Choose another one."))
    passed = [
        other for other in deal.pipeline.open_stages if deal.stage.position <= other.position < stage.position
    ]
    for other in passed[1:]:
        if not other.may_skip:
            raise Refused(
                "stage_skipped",
                _("The stage “%(stage)s” may not be skipped. Move the deal there first.", stage=other.title),
                stage=other.code,
            )
    for other in passed:
        insist_on_exit(deal, other)


def insist_on_exit(deal: Deal, stage: Stage) -> None:
    """Refuse with `missing_<field>` when what the stage asks for is not filled in."""
    for need in stage.exit:
        if not has(deal, need):
            raise Refused(code_of(need), sentence_for(need, stage.title), field=need)


def enter_stage(deal: Deal, stage: Stage, at: datetime) -> None:
    """Put the deal into a stage and write down how long it stood in the one before."""
    for span in deal.spans:
        if span.left_at is None:
            span.left_at = at
    deal.stage = stage
    deal.stage_since = at
    deal.spans.append(StageSpan(stage=stage, entered_at=at))
