// A list is found again as it was left: its filters and its order are kept in this browser, one set per list,
// and the places in the rail and the tabs of a section lead there. The address stays the truth.

const SHELF = "lists-as-left";
const MOST = 40;
const KEPT_OUT = ["page", "q"];

function shelf() {
  try {
    return JSON.parse(localStorage.getItem(SHELF)) ?? {};
  } catch {
    return {};
  }
}

function keep() {
  const list = document.querySelector("main [data-list]");
  if (!list) return;
  const asked = new URLSearchParams(location.search);
  for (const name of KEPT_OUT) asked.delete(name);
  const { [location.pathname]: _old, ...others } = shelf();
  const entries = [...Object.entries(others).slice(-MOST), [location.pathname, asked.toString()]];
  try {
    localStorage.setItem(SHELF, JSON.stringify(Object.fromEntries(entries)));
  } catch {
    // without room to keep it, the list opens as it always does
  }
}

function leadBack(event) {
  const link = event.target.closest?.(".rail a, .section-tabs a");
  if (!link || link.search || event.defaultPrevented || event.button) return;
  const asked = shelf()[link.pathname];
  if (!asked || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  location.assign(`${link.pathname}?${asked}`);
}

// Words are looked for as one types: what was typed meanwhile, and the place in it, outlive the page drawn anew.
let typing = null;

function keepTyping() {
  const box = document.activeElement;
  typing = box?.id === "list-search" ? [box.value, box.selectionStart, box.selectionEnd] : null;
}

function typeOn() {
  const box = document.getElementById("list-search");
  if (!typing || !box) return;
  const [words, from, to] = typing;
  typing = null;
  if (box.value !== words) box.value = words;
  if (document.activeElement !== box) box.focus({ preventScroll: true });
  box.setSelectionRange(from, to);
}

/** The link of the row after (or before) the one that has the focus; null where there is no list. */
export function neighbourRow(step) {
  const rows = [...document.querySelectorAll("main .table .cell-main, main .board-title")];
  const at = rows.indexOf(document.activeElement);
  return rows[at < 0 ? 0 : Math.min(Math.max(at + step, 0), rows.length - 1)] ?? null;
}

export function startLists() {
  keep();
  document.addEventListener("htmx:before:swap", keepTyping);
  document.addEventListener("htmx:after:swap", typeOn);
  document.addEventListener("htmx:after:swap", keep);
  document.addEventListener("click", leadBack);
}
