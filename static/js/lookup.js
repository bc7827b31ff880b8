// A box that finds records while one types: what is picked stands in the hidden control beside it, and what was
// typed without picking is sent as it is. Arrows choose, Enter takes, Esc closes the list.
import { mark, markedIn, move, stepOf } from "./choices.js";
import { openNested } from "./nested.js";

const PAUSE = 160;
let open = null;
let waiting = 0;
let asked = 0;

const boxOf = (element) => element.closest?.(".lookup")?.querySelector('[role="combobox"]');
const listOf = (box) => box.parentElement.querySelector('[role="listbox"]');
const hiddenOf = (box) => box.parentElement.querySelector('input[type="hidden"]');

function close() {
  clearTimeout(waiting);
  asked += 1;
  if (!open) return;
  open.closest("dialog")?.classList.remove("spills");
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

// Of a form that is seen whole the list hangs out below, where there is room: else the form would scroll its title away.
function spill(dialog, list) {
  const isWhole = dialog?.classList.contains("spills") || dialog?.scrollHeight <= dialog?.clientHeight;
  list.hidden = false;
  if (!isWhole) return;
  dialog.classList.add("spills");
  if (list.getBoundingClientRect().bottom > innerHeight) dialog.classList.remove("spills");
}

async function find(box) {
  const mine = ++asked;
  const answer = await fetch(address(box), { headers: { "HX-Request": "true" } }).catch(() => null);
  if (!answer?.ok || mine !== asked || document.activeElement !== box) return;
  const list = listOf(box);
  list.innerHTML = await answer.text();
  if (box.closest("#nested")) list.querySelector("[data-new]")?.remove();
  spill(box.closest("dialog"), list);
  open = box;
  box.setAttribute("aria-expanded", "true");
  // the first that was found is what Enter takes; while nothing is typed, nothing is taken by it
  if (!hiddenOf(box).value && box.value.trim()) mark(box, list, list.querySelector("[data-n]"));
  if (!box.closest(".spills")) list.scrollIntoView({ block: "nearest" });
  box.scrollIntoView({ block: "nearest" }); // a long list must not push the box that one types in out of sight
  box.dispatchEvent(new CustomEvent("lookup:shown", { bubbles: true }));
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
  const step = stepOf(event);
  if (event.key === "Escape" && shown) {
    event.stopPropagation();
    event.preventDefault();
    close();
  } else if (step) {
    event.preventDefault();
    if (shown) move(box, listOf(box), step);
    else find(box);
  } else if (event.key === "Enter" && shown && markedIn(listOf(box))) {
    event.preventDefault();
    pick(box, markedIn(listOf(box)));
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
    if (event.target.matches?.('.lookup [role="option"]')) mark(boxOf(event.target), listOf(boxOf(event.target)), event.target);
  });
  document.addEventListener("focusout", (event) => {
    if (open && event.target === open) close();
  });
}
