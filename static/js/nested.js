// A form over a form: what is missing in a list is made without leaving the form that needs it, and nothing typed
// there is lost. Plain requests, because the answer belongs into a box and not onto the page.
import { ask } from "./ask.js";
import { announce } from "./requests.js";
import { showToast } from "./toasts.js";

let box = null;
let whenMade = null;
let typed = false;
let backTo = null;

function place() {
  if (box) return box;
  box = document.createElement("dialog");
  box.id = "nested";
  box.setAttribute("aria-labelledby", "nested-title");
  document.body.append(box);
  box.addEventListener("submit", send);
  box.addEventListener("input", () => (typed = true));
  box.addEventListener("cancel", (event) => {
    event.preventDefault();
    leave();
  });
  box.addEventListener("click", (event) => {
    if (!event.target.closest("[data-close]")) return;
    event.preventDefault();
    leave();
  });
  box.addEventListener("keydown", (event) => {
    if (event.key === "Escape") event.stopPropagation(); // the form beneath stays
  });
  return box;
}

// Ids are told apart from those of the form beneath, which may be of the same kind.
function show(html) {
  const drawn = new DOMParser().parseFromString(html, "text/html").querySelector(".dialog-body");
  for (const part of drawn.querySelectorAll("[id], [for], [aria-describedby], [aria-labelledby], [aria-controls]")) {
    for (const name of ["id", "for", "aria-describedby", "aria-labelledby", "aria-controls"]) {
      if (part.hasAttribute(name)) part.setAttribute(name, `nested-${part.getAttribute(name)}`.replace("nested-dialog-", "nested-"));
    }
  }
  place().replaceChildren(drawn);
  if (!box.open) box.showModal();
  (drawn.querySelector('[aria-invalid="true"]') ?? drawn.querySelector('[role="alert"], input:not([type="hidden"])'))?.focus();
}

function close() {
  box.close();
  box.replaceChildren();
  typed = false;
  backTo?.focus();
}

async function leave() {
  if (!typed || (await ask("ask-discard"))) close();
}

async function send(event) {
  event.preventDefault();
  event.stopPropagation();
  const form = event.target;
  const button = form.querySelector("[data-submit]");
  if (button.getAttribute("aria-busy")) return;
  button.setAttribute("aria-busy", "true");
  const headers = { "HX-Request": "true", "HX-Target": "dialog", "X-Nested": "1" };
  const answer = await fetch(form.action, { method: "POST", body: new FormData(form), headers }).catch(() => null);
  button.removeAttribute("aria-busy");
  if (answer?.ok) {
    const made = await answer.json();
    close();
    whenMade(made);
    announce(made.said);
  } else if (answer && answer.status < 500) show(await answer.text());
  else showToast(document.getElementById("fault-words"));
}

// A person's name is two fields; which of its words stands first is a habit of the language.
function write(form, name) {
  const first = form.querySelector('input[type="text"], input:not([type])');
  const { first_name: given, last_name: family } = form.elements;
  const [one, ...rest] = name.split(/\s+/);
  if (given && family && rest.length) {
    const isFamilyFirst = document.documentElement.lang === "ru";
    given.value = isFamilyFirst ? rest.join(" ") : one;
    family.value = isFamilyFirst ? one : rest.join(" ");
  } else if (first && !first.value) first.value = name;
  first?.focus();
}

/** Open the creating form at `url` with `name` written in it; `then` hears of what was made: {n, title}. */
export async function openNested(url, name, from, then) {
  const answer = await fetch(url, { headers: { "HX-Request": "true", "HX-Target": "dialog" } }).catch(() => null);
  if (!answer?.ok) return showToast(document.getElementById("fault-words"));
  whenMade = then;
  backTo = from;
  show(await answer.text());
  return write(box.querySelector("form[data-form]"), name);
}
