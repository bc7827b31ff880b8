// The search field shows what it has found while one types: arrows choose, Enter opens what is marked, and goes on to
// all that was found where nothing is. Without script the field leads to the same page of results.
import { mark, markedIn, move, optionsOf, stepOf } from "./choices.js";
import { announce } from "./requests.js";

const PAUSE = 160;
const SHORTEST = 2;
let waiting = 0;
let asked = 0;

const fieldOf = (element) => (element?.matches?.(".search[data-find] input[type='search']") ? element : null);
const listOf = (field) => field.form.querySelector('[role="listbox"]');

function close(field) {
  clearTimeout(waiting);
  asked += 1;
  const list = listOf(field);
  list.hidden = true;
  list.replaceChildren();
  field.setAttribute("aria-expanded", "false");
  mark(field, list);
}

async function find(field) {
  const mine = ++asked;
  const address = `${field.form.dataset.find}?${new URLSearchParams({ q: field.value.trim() })}`;
  const answer = await fetch(address, { headers: { "HX-Request": "true" } }).catch(() => null);
  if (!answer?.ok || mine !== asked || document.activeElement !== field) return;
  const list = listOf(field);
  list.innerHTML = await answer.text();
  for (const one of optionsOf(list)) one.id = `search-${one.id}`; // the palette draws the same
  list.hidden = !optionsOf(list).length;
  field.setAttribute("aria-expanded", String(!list.hidden));
  field.dispatchEvent(new CustomEvent("lookup:shown", { bubbles: true }));
  announce(list.dataset.count.replace("{count}", optionsOf(list).length));
}

function typed(event) {
  const field = fieldOf(event.target);
  if (!field) return;
  clearTimeout(waiting);
  if (field.value.trim().length < SHORTEST) close(field);
  else waiting = setTimeout(find, PAUSE, field);
}

function pressed(event) {
  const field = fieldOf(event.target);
  if (!field) return;
  const list = listOf(field);
  const step = stepOf(event);
  if (step && !list.hidden) {
    event.preventDefault();
    move(field, list, step);
  } else if (event.key === "Escape" && !list.hidden) {
    event.preventDefault(); // the words stay; a second Esc empties the field, as browsers do
    close(field);
  } else if (event.key === "Enter" && markedIn(list)) {
    event.preventDefault();
    open(field, markedIn(list));
  }
}

function open(field, option) {
  close(field);
  location.assign(option.dataset.href);
}

export function startSearch() {
  document.addEventListener("input", typed);
  document.addEventListener("keydown", pressed, true);
  document.addEventListener("click", (event) => {
    const option = event.target.closest?.('.search [role="option"]');
    if (option) open(option.closest("form").querySelector("input"), option);
  });
  // the list must not take the focus from the field before the click arrives
  document.addEventListener("mousedown", (event) => {
    if (event.target.closest?.(".search [role='listbox']")) event.preventDefault();
  });
  for (const leave of ["focusout", "submit"]) {
    document.addEventListener(leave, (event) => {
      const field = fieldOf(event.target) ?? fieldOf(event.target.querySelector?.("input[type='search']"));
      if (field && (leave === "focusout" ? event.target === field : event.target === field.form)) close(field);
    });
  }
}
