// The one dialog: opens when an action's form has arrived in it, closes when the page behind it was renewed.
// It is not modal to the browser, because the coach stays beside it: all else on the page is made inert by hand.
import { ask, startAsking } from "./ask.js";

const dialog = () => document.getElementById("dialog");
const FIELD = 'input:not([type="hidden"], [readonly]), select, textarea';

let typed = false;
// What was pressed to open the dialog; of a menu, which closes meanwhile, the button that unfolds it.
let opener = null;

/** Show `content` (nodes) in the dialog. */
export function showInDialog(...content) {
  typed = false;
  dialog().replaceChildren(...content);
  open();
}

function setInert(on) {
  for (const part of document.getElementById("page")?.children ?? []) {
    part.inert = on && part.id !== "coach";
  }
}

function open() {
  const box = dialog();
  if (!box.open) box.show();
  setInert(true);
  focusFirst(box);
}

// What is wrong comes first: a field, else the sentence above the form; then the first thing to fill in. A question
// before a loss begins at the answer that loses nothing: Enter pressed once too often must not say yes.
function focusFirst(box) {
  box.scrollTop = 0;
  const wrong = box.querySelector('[aria-invalid="true"]');
  const told = box.querySelector('[role="alert"]');
  if (told) told.tabIndex = -1;
  const kept = box.querySelector(".danger[data-submit]") && box.querySelector(".form-foot [data-close]");
  const first = wrong ?? told ?? box.querySelector(FIELD) ?? kept ?? box.querySelector("[data-submit], button, a");
  first?.focus();
}

export function closeDialog() {
  if (!dialog().open) return;
  setInert(false);
  dialog().close();
}

/** Whether what was typed in the dialog may be thrown away: asks, where something was. */
async function mayLeave() {
  return !(dialog().open && typed) || (await ask("ask-discard"));
}

async function leave() {
  if (!(await mayLeave())) return;
  closeDialog();
  const at = document.activeElement;
  if (opener?.isConnected && (at === document.body || dialog().contains(at))) opener.focus();
}

// A form of the coach, or an undo, renews the page and with it the dialog.
function guardForms(event) {
  const form = event.target;
  if (!dialog().open || !typed || form.closest("dialog") || "stays" in form.dataset) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  const { submitter } = event;
  mayLeave().then((yes) => {
    if (!yes) return;
    typed = false;
    form.requestSubmit(submitter);
  });
}

function guardLinks(event) {
  const link = event.target.closest?.("#coach a[href]");
  if (!link || !dialog().open || !typed) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  mayLeave().then((yes) => {
    if (!yes) return;
    typed = false;
    link.click();
  });
}

export function startDialog() {
  startAsking();
  document.addEventListener("htmx:after:swap", (event) => {
    const { target, request } = event.detail.ctx ?? {};
    const element = typeof target === "string" ? document.querySelector(target) : target;
    if (element?.id === "page") closeDialog();
    else if (element === dialog() && element.childElementCount) {
      if (request?.method === "GET") typed = false;
      open();
    }
  });
  document.addEventListener("click", (event) => {
    const pressed = event.target.closest?.('[hx-target="#dialog"]');
    if (pressed && !dialog().contains(pressed)) opener = pressed.closest("details.menu")?.querySelector("summary") ?? pressed;
  }, true);
  document.addEventListener("click", (event) => {
    const box = dialog();
    if (event.target.id === "scrim") return void leave();
    const closes = event.target.closest?.("[data-close]");
    if (closes && box.contains(closes)) {
      event.preventDefault();
      leave();
    }
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || event.defaultPrevented || !dialog().open) return;
    event.preventDefault();
    leave();
  });
  document.addEventListener("submit", guardForms, true);
  document.addEventListener("click", guardLinks, true);
  dialog().addEventListener("input", () => {
    typed = true;
  });
  // Emptied when closed, so that no two forms of one name ever stand on a page.
  dialog().addEventListener("close", () => {
    typed = false;
    dialog().replaceChildren();
  });
}
