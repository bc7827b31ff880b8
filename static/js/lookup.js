// A box that finds records while one types: what is picked stands in the hidden control beside it, and what was
// typed without picking is sent as it is. Arrows choose, Enter takes, Esc closes the list.
import { openNested } from "./nested.js";

const PAUSE = 160;
let open = null;
let waiting = 0;
let asked = 0;

const boxOf = (element) => element.closest?.(".lookup")?.querySelector('[role="combobox"]');
const listOf = (box) => box.parentElement.querySelector('[role="listbox"]');
const hiddenOf = (box) => box.parentElement.querySelector('input[type="hidden"]');
const options = (box) => [...listOf(box).querySelectorAll('[role="option"]')];

function close() {
  clearTimeout(waiting);
  asked += 1;
  if (!open) return;
  listOf(open).hidden = true;
  listOf(open).replaceChildren();
  open.setAttribute("aria-expanded", "false");
  open.removeAttribute("aria-activedescendant");
  open = null;
}

function address(box) {
  const place = box.parentElement;
  const { form } = box;
  const query = new URLSearchParams({ form: form.dataset.form, field: hiddenOf(box).name });
  // what was picked already is no question: all others are offered beside it
  if (box.value.trim() && !hiddenOf(box).value) query.set("q", box.value.trim());
  const within = form.elements[place.dataset.within]?.value;
  if (within) query.set("within", within);
  return `${place.dataset.lookup}?${query}`;
}

async function find(box) {
  const mine = ++asked;
  const answer = await fetch(address(box), { headers: { "HX-Request": "true" } }).catch(() => null);
  if (!answer?.ok || mine !== asked || document.activeElement !== box) return;
  const list = listOf(box);
  list.innerHTML = await answer.text();
  if (box.closest("#nested")) list.querySelector("[data-new]")?.remove();
  list.hidden = false;
  open = box;
  box.setAttribute("aria-expanded", "true");
  // the first that was found is what Enter takes; while nothing is typed, nothing is taken by it
  if (!hiddenOf(box).value && box.value.trim()) mark(box, list.querySelector("[data-n]"));
  list.scrollIntoView({ block: "nearest" });
  box.scrollIntoView({ block: "nearest" }); // a long list must not push the box that one types in out of sight
  box.dispatchEvent(new CustomEvent("lookup:shown", { bubbles: true }));
}

function mark(box, option) {
  for (const one of options(box)) one.setAttribute("aria-selected", one === option ? "true" : "false");
  if (option) {
    box.setAttribute("aria-activedescendant", option.id);
    option.scrollIntoView({ block: "nearest" });
  } else box.removeAttribute("aria-activedescendant");
}

/** Put a record into a box: its number and its title. */
function take(box, n, title) {
  hiddenOf(box).value = n;
  box.value = title;
  close();
  box.focus();
  for (const kind of ["input", "change"]) hiddenOf(box).dispatchEvent(new Event(kind, { bubbles: true }));
}

function pick(box, option) {
  if (!("new" in option.dataset)) return take(box, option.dataset.n, option.dataset.title);
  const name = box.value.trim();
  const { within } = box.parentElement.dataset;
  const belongsTo = within ? `?${new URLSearchParams({ [within]: box.form.elements[within]?.value ?? "" })}` : "";
  const url = option.dataset.new + belongsTo;
  close();
  return openNested(url, name, box, ({ n, title }) => take(box, n, title));
}

function typed(event) {
  const box = boxOf(event.target);
  if (!box || event.target !== box) return;
  hiddenOf(box).value = "";
  clearTimeout(waiting);
  waiting = setTimeout(find, PAUSE, box);
}

function pressed(event) {
  const box = boxOf(event.target);
  if (!box || event.target !== box) return;
  const shown = open === box;
  const found = shown ? options(box) : [];
  const at = found.findIndex((one) => one.getAttribute("aria-selected") === "true");
  if (event.key === "Escape" && shown) {
    event.stopPropagation();
    event.preventDefault();
    close();
  } else if (["ArrowDown", "ArrowUp"].includes(event.key)) {
    event.preventDefault();
    if (!shown) find(box);
    else if (found.length) mark(box, found[(at + (event.key === "ArrowDown" ? 1 : -1) + found.length) % found.length]);
  } else if (event.key === "Enter" && shown && at >= 0) {
    event.preventDefault();
    pick(box, found[at]);
  }
}

export function startLookups() {
  document.addEventListener("input", typed);
  document.addEventListener("keydown", pressed, true);
  document.addEventListener("click", (event) => {
    const option = event.target.closest?.('.lookup [role="option"]');
    if (option) pick(boxOf(option), option);
    else if (boxOf(event.target) === event.target && open !== event.target) find(event.target);
  });
  // the list must not take the focus from the box before the click arrives
  document.addEventListener("mousedown", (event) => {
    if (event.target.closest?.(".lookup-list")) event.preventDefault();
  });
  document.addEventListener("coach:pointed", (event) => {
    if (event.target.matches?.('.lookup [role="option"]')) mark(boxOf(event.target), event.target);
  });
  document.addEventListener("focusout", (event) => {
    if (open && event.target === open) close();
  });
}
