"""The coach at a real browser: the ways that are not straight on."""

from __future__ import annotations

import re

import pytest
from flask import Flask
from playwright.sync_api import Page, Route, expect

from sandbox.play.browser import Player, move_of, solve
from tests.browser.conftest import PHONE, NewPage
from tests.browser.runs import CALL, RUSSIAN, begin, kept, space_in, verdict_of

pytestmark = pytest.mark.state("company")


def ticked(page: Page) -> int:
    return page.locator("#coach .coach-steps > .done").count()


def at_the_deal(page: Page, app: Flask, mode: str = "learn") -> Player:
    """At the deal's page, its first step ticked, the call still to be logged."""
    page.goto(begin(app, mode=mode))
    player = Player(page)
    player.play(until=lambda seen: move_of(seen).get("action") == "call.log")
    return player


def test_a_run_begins_at_home(app: Flask, new_page: NewPage) -> None:
    page = new_page("tanya")
    page.goto("/")
    form = page.locator("main form", has=page.locator(f'input[value="{CALL}"]'))
    learn = form.filter(has=page.locator('input[value="learn"]'))
    learn.get_by_role("button").first.click()
    page.wait_for_url("**/s/*/deals")
    player = Player(page)
    player.play()
    assert verdict_of(app, player.finish().attempt_id) == ("finished", True)


def test_it_is_solved_by_the_keyboard_alone(app: Flask, new_page: NewPage) -> None:
    solved = solve(new_page("tanya"), begin(app), hands="keyboard")
    assert verdict_of(app, solved.attempt_id) == ("finished", True)


def test_a_mistake_is_named_and_undone_by_a_rewind(app: Flask, new_page: NewPage) -> None:
    page = new_page("tanya")
    address = begin(app)
    page.goto(address)
    namesake = page.locator('main [data-open^="deals-"]')
    player = Player(page)
    right = move_of(player.settle())["open"]
    keys = {key for key in namesake.evaluate_all("all => all.map((one) => one.dataset.open)") if key != right}
    # the namesake's deal was made right after the deal of the story
    wrong = f"deals-{max(int(key.split('-')[1]) for key in keys | {right})}"
    page.goto(address.replace("/deals", f"/deals/{wrong.split('-')[1]}"))
    page.locator(f'[data-action="call.log"][data-record="{wrong}"]').first.click()
    form = page.locator('form[data-form="call.log"]')
    form.locator('[name="outcome"]').select_option("reached")
    form.locator('[name="note"]').fill("A new price.")
    form.locator("[data-submit]").click()
    expect(page.locator("#coach .coach-card")).to_contain_text(["You logged the call on the deal of"])
    page.locator("#coach details.menu > summary").click()
    page.locator('#coach .menu form[action$="/rewind"] button').first.click()
    expect(page.locator("#toasts")).to_contain_text("undone")
    expect(page.get_by_text("You logged the call on the deal of")).to_have_count(0)
    player.play()
    solved = player.finish()
    assert verdict_of(app, solved.attempt_id) == ("finished", True)


def test_two_tabs_in_two_spaces_never_meet(app: Flask, new_page: NewPage) -> None:
    one = new_page("tanya")
    two = one.context.new_page()
    first, second = begin(app, seed=1), begin(app, seed=2)
    one.goto(first)
    two.goto(second)
    here, there = Player(one), Player(two)
    while here.step() and there.step():
        pass
    there.play()
    assert ticked(one) == ticked(two) == 3
    assert f"/s/{space_in(first)}/" in one.url
    assert f"/s/{space_in(second)}/" in two.url
    assert here.finish().attempt_id != there.finish().attempt_id


def test_the_ladder_of_help_has_four_rungs(app: Flask, new_page: NewPage) -> None:
    page = new_page("tanya")
    address = begin(app, mode="practice")
    page.goto(address)
    expect(page.locator(".lit")).to_have_count(0)
    page.locator('#coach [data-help="hint"]').click()
    expect(page.locator("#coach .coach-card")).to_contain_text("A hint")
    page.locator('#coach [data-help="tell"]').click()
    expect(page.locator("#coach .coach-card").nth(1)).to_contain_text("How it is done")
    page.locator('#coach [data-help="show"]').click()
    expect(page.locator(".lit")).to_have_count(1)
    page.locator('#coach [data-help="do"]').click()
    expect(page.locator("#coach .coach-steps > .done")).to_have_count(1)
    assert [one["rung"] for one in kept(app, space_in(address), "help")][:4] == ["hint", "tell", "show", "do"]


def test_the_demo_plays_in_a_space_of_its_own_and_leads_back(app: Flask, new_page: NewPage) -> None:
    page = new_page("tanya")
    address = begin(app)
    page.goto(address)
    page.locator("#coach details.menu > summary").click()
    page.locator('#coach form[action$="/demo"] button').click()
    page.wait_for_url(lambda url: f"/s/{space_in(address)}/" not in url)
    expect(page.locator("#coach")).to_contain_text("This is a demo in a space of its own")
    expect(page.locator("#coach .coach-steps > .done")).not_to_have_count(0, timeout=20_000)
    page.get_by_role("button", name="Back to my work").click()
    page.wait_for_url(f"**{address}")
    assert ticked(page) == 0
    assert kept(app, space_in(address), "event") == []


def test_a_reload_goes_on_where_one_was(app: Flask, new_page: NewPage) -> None:
    page = new_page("tanya")
    player = at_the_deal(page, app)
    before = player.seen()
    page.reload()
    after = player.settle()
    assert [before[one] for one in ("at", "move", "key")] == [after[one] for one in ("at", "move", "key")]
    assert ticked(page) == 1
    player.play()
    assert verdict_of(app, player.finish().attempt_id) == ("finished", True)


def test_a_form_that_is_open_survives_the_report_of_the_page(app: Flask, new_page: NewPage) -> None:
    page = new_page("tanya")
    at_the_deal(page, app)
    held: list[Route] = []
    page.route("**/coach/seen", lambda route: held.append(route))  # a slow server
    with page.expect_request("**/coach/seen"):
        page.reload()
    page.locator('[data-action="call.log"]').first.click()
    note = page.locator('form[data-form="call.log"] [name="note"]')
    note.fill("Half a sentence")
    page.locator("#coach").evaluate("(coach) => coach.firstElementChild.setAttribute('data-old', '1')")
    held[0].continue_()
    expect(page.locator("#coach [data-old]")).to_have_count(0)
    expect(note).to_have_value("Half a sentence")


def test_the_coach_stays_beside_a_form_and_nothing_typed_is_lost(app: Flask, new_page: NewPage) -> None:
    page = new_page("tanya")
    at_the_deal(page, app)
    button, dialog = page.locator('main [data-action="call.log"]').first, page.locator("#dialog")
    button.click()
    form = page.locator('form[data-form="call.log"]')
    form.locator("[data-submit]").click()  # refused: the outcome is missing
    expect(form.locator('[name="outcome"]')).to_be_focused()
    form.locator('[name="note"]').fill("Half a sentence")
    page.locator('#coach [data-help="hint"]').click()
    expect(page.locator("#coach .coach-card")).to_contain_text("A hint")
    expect(form.locator('[name="note"]')).to_have_value("Half a sentence")
    assert page.locator("main").evaluate("(main) => main.inert")
    page.keyboard.press("Escape")
    asked = page.get_by_role("alertdialog")
    expect(asked).to_contain_text("Throw away what you typed?")
    page.keyboard.press("Escape")
    expect(asked).to_be_hidden()
    expect(form.locator('[name="note"]')).to_have_value("Half a sentence")
    dialog.get_by_role("button", name="Close").click()
    asked.get_by_role("button", name="Throw away").click()
    expect(dialog).to_be_hidden()
    expect(button).to_be_focused()


def test_a_second_press_does_the_work_once(app: Flask, new_page: NewPage) -> None:
    page = new_page("tanya")
    at_the_deal(page, app)
    work = {
        "call.log": {"outcome": "reached", "note": "Asks for a new price."},
        "task.set": {"subject": "Send the new price", "due": "2040-01-09"},
        "note.write": {"note": "Speaks softly."},
    }
    for action, values in work.items():
        page.locator(f'main [data-action="{action}"]').first.click()
        form = page.locator(f'form[data-form="{action}"]')
        for name, value in values.items():
            control = form.locator(f'[name="{name}"]')
            control.select_option(value) if name == "outcome" else control.fill(value)
        form.locator("[data-submit]").dblclick()
        expect(page.locator("#dialog")).to_be_hidden()
    page.wait_for_load_state("networkidle")
    done = [one["action"] for one in kept(app, space_in(page.url), "event")]
    assert done == list(work)


def test_without_script_a_call_is_logged_on_a_page_of_its_own(app: Flask, new_page: NewPage) -> None:
    page = new_page("tanya", java_script_enabled=False)
    address = begin(app)
    page.goto(address)
    page.locator('main [data-open^="deals-"]').first.click()
    page.locator('a[data-action="call.log"]').first.click()
    assert page.url.split("?")[0].endswith("/call/log")
    form = page.locator('form[data-form="call.log"]')
    form.locator('[name="outcome"]').select_option("reached")
    form.locator('[name="note"]').fill("Asks for a new price, without script.")
    form.locator("[data-submit]").click()
    expect(page.locator("main")).to_contain_text("Asks for a new price, without script.")


def test_on_a_phone_the_sheet_makes_way(app: Flask, new_page: NewPage) -> None:
    page = new_page("tanya", viewport=PHONE)
    player = at_the_deal(page, app)
    sheet = page.locator("#coach")
    expect(sheet).to_have_attribute("data-sheet", "half")
    lit, top = page.locator(".lit").bounding_box(), sheet.bounding_box()
    assert lit is not None
    assert top is not None
    assert lit["y"] + lit["height"] <= top["y"]
    player.step()
    expect(page.locator("#dialog")).to_be_visible()
    expect(sheet).to_have_attribute("data-sheet", "peek")
    expect(sheet.get_by_text("Step 2 of 3 · Log the call")).to_be_in_viewport(ratio=1)
    page.keyboard.press("Escape")
    expect(sheet).to_have_attribute("data-sheet", "half")
    page.locator("#coach details.menu > summary").click()
    for item in page.locator("#coach .menu-item").all():
        expect(item).to_be_in_viewport(ratio=1)
    page.keyboard.press("Escape")
    expect(page.locator(".rail .rail-item").first).to_be_in_viewport(ratio=1)
    handle = page.locator("[data-sheet-next]")
    handle.click()
    expect(sheet).to_have_attribute("data-sheet", "full")
    handle.click()
    expect(sheet).to_have_attribute("data-sheet", "peek")


def test_at_twice_the_size_every_button_of_the_coach_is_reached(app: Flask, new_page: NewPage) -> None:
    page = new_page("tanya", viewport={"width": 720, "height": 450})
    page.goto(begin(app))
    page.locator(".coach-strip > summary").click()
    page.locator('#coach [data-help="hint"]').click()
    expect(page.locator("#coach .coach-card")).to_contain_text("A hint")
    page.locator("#coach details.menu > summary").click()
    page.keyboard.press("Escape")
    button, bar = page.locator("[data-finish]"), page.locator(".rail")
    button.scroll_into_view_if_needed()
    place, foot = button.bounding_box(), bar.bounding_box()
    assert place is not None
    assert foot is not None
    assert place["y"] + place["height"] <= foot["y"]


def test_in_words_of_ones_own_the_light_goes_on(app: Flask, new_page: NewPage) -> None:
    page = new_page("tanya")
    at_the_deal(page, app)
    page.locator('main [data-action="call.log"]').first.click()
    form = page.locator('form[data-form="call.log"]')
    form.locator('[name="outcome"]').select_option("reached")
    expect(form.locator('[name="note"]')).to_have_class("input lit")
    expect(page.locator("#callout")).to_contain_text("in your own words")
    form.locator('[name="note"]').fill("They find it too dear.")
    expect(form.locator('[name="direction"]')).to_have_class("input lit")
    form.locator('[name="note"]').fill("")
    expect(form.locator('[name="note"]')).to_have_class("input lit")


def test_a_form_of_another_task_is_closed_in_its_corner(app: Flask, new_page: NewPage) -> None:
    page = new_page("tanya")
    at_the_deal(page, app)
    page.locator('main [data-action="task.set"]').first.click()
    close, dialog = page.locator("#dialog .dialog-close"), page.locator("#dialog")
    expect(close).to_have_class("button quiet square small dialog-close lit")
    button, box = close.bounding_box(), dialog.bounding_box()
    assert button is not None
    assert box is not None
    assert button["y"] - box["y"] < button["height"]
    assert box["x"] + box["width"] - button["x"] < 3 * button["width"]


def test_after_a_mistake_the_way_back_is_in_sight_on_a_phone(app: Flask, new_page: NewPage) -> None:
    page = new_page("tanya", viewport=PHONE)
    player = at_the_deal(page, app)
    player.step()
    form = page.locator('form[data-form="call.log"]')
    form.locator('[name="outcome"]').select_option(index=3)
    form.locator("[data-submit]").click()
    expect(page.locator("#coach .coach-card")).to_contain_text(["Not quite yet"])
    expect(page.locator("[data-way-back]")).to_be_in_viewport(ratio=1)
    place, sheet = page.locator("[data-way-back]").bounding_box(), page.locator("#coach").bounding_box()
    assert place is not None
    assert sheet is not None
    assert sheet["y"] < place["y"]
    assert place["y"] + place["height"] < sheet["y"] + sheet["height"]
    page.locator("[data-way-back]").click()
    expect(page.locator("#toasts")).to_contain_text("undone")


def test_esc_gives_the_focus_back_to_what_opened_the_dialog(app: Flask, new_page: NewPage) -> None:
    page = new_page("tanya")
    page.goto(begin(app).replace("/deals", "/deals/board"))
    move = page.locator(".board-card summary").first
    move.focus()
    page.keyboard.press("Enter")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.locator("#dialog form")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("#dialog")).to_be_hidden()
    expect(move).to_be_focused()
    new = page.locator("#new-menu > summary")
    new.focus()
    page.keyboard.press("Enter")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.locator("#dialog form")).to_be_visible()
    page.keyboard.press("Escape")
    expect(new).to_be_focused()


def test_a_question_before_a_loss_begins_at_the_answer_that_loses_nothing(
    app: Flask, new_page: NewPage
) -> None:
    page = new_page("tanya")
    at_the_deal(page, app).play()
    for way in ('main [data-action="deal.delete"]', '#coach a[href$="/restart"]'):
        page.locator(way).evaluate("one => one.click()")
        expect(page.locator("#dialog .form-foot [data-close]")).to_be_focused()
        page.keyboard.press("Enter")
        expect(page.locator("#dialog")).to_be_hidden()


def test_the_menu_of_a_card_is_not_cut_off_by_the_board(app: Flask, new_page: NewPage) -> None:
    page = new_page("tanya")
    page.goto(begin(app).replace("/deals", "/deals/board"))
    page.locator(".board-card summary").first.click()
    for item in page.locator(".board-card .menu[open] .menu-item").all():
        expect(item).to_be_in_viewport(ratio=1)
    menu = page.locator(".board-card .menu[open] > .menu-list").bounding_box()
    board = page.locator(".board").bounding_box()
    assert menu is not None
    assert board is not None
    assert menu["x"] >= board["x"]


def test_a_folded_field_is_lit_by_what_unfolds_it(app: Flask, new_page: NewPage) -> None:
    page = new_page("tanya")
    page.goto(begin(app).replace("/deals", "/companies"))
    move = {"action": "company.create", "record": "", "fields": {"name": "Maple Law", "industry": "law"}}
    page.locator("#coach-move").evaluate(
        "(place, move) => { place.dataset.move = JSON.stringify(move); }", move
    )
    page.locator('main [data-action="company.create"]').first.click()
    form = page.locator('form[data-form="company.create"]')
    form.locator('[name="name"]').fill("Maple Law")
    summary = form.locator("summary")
    expect(summary).to_have_class("more-link lit")
    summary.click()
    expect(form.locator('[name="industry"]')).to_have_class("input lit")
    form.locator('[name="industry"]').select_option("law")
    expect(form.locator("[data-submit]")).to_have_class("button primary lit")


def test_a_late_stage_makes_no_page_wider_than_a_phone(app: Flask, new_page: NewPage) -> None:
    page = new_page("tanya", locale="ru", viewport=PHONE)
    page.goto(begin(app, "sales/move-and-win", company=RUSSIAN))
    page.locator("main a.cell-main", has_text="годовой договор").nth(1).click()
    stage = page.locator(".stages > [aria-current]")
    expect(stage).to_have_text(re.compile("Переговоры"))
    for width in ("innerWidth", "document.documentElement.scrollWidth"):
        assert page.evaluate(width) == PHONE["width"]


def test_on_a_phone_what_was_said_covers_no_lit_place(app: Flask, new_page: NewPage) -> None:
    page = new_page("tanya", viewport=PHONE)
    player = at_the_deal(page, app)
    for _field in ("the button", "outcome", "note", "direction"):
        player.step()
    expect(page.locator("#dialog [data-submit]")).to_have_class("button primary lit")
    page.evaluate("scrollTo(0, document.documentElement.scrollHeight)")
    player.step()
    lit, toast = page.locator(".lit").bounding_box(), page.locator("#toasts > .toast").last.bounding_box()
    assert lit is not None
    assert toast is not None
    assert toast["y"] + toast["height"] <= lit["y"]


def test_where_the_work_can_no_longer_be_done_the_steps_back_are_lit(app: Flask, new_page: NewPage) -> None:
    page = new_page("tanya")
    at_the_deal(page, app)
    button = page.locator('main [data-action="deal.delete"]').first
    button.locator("xpath=ancestor::details").click()
    button.click()
    page.locator("#dialog [data-submit]").click()
    expect(page.locator("#coach [data-steps-back] summary")).to_have_class(re.compile("lit"))
    expect(page.locator("#callout")).to_have_text("It can no longer be done here. Go back to a step.")
