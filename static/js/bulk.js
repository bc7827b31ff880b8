// Rows of a list are ticked: one by one, with Shift from one to another, all of the page, or all that match. The bar
// says how many; without script the boxes and the bar work all the same, but for the count.

let last = null;

const boxes = () => [...document.querySelectorAll(".select-row")];
const whole = () => document.querySelector("[data-whole-page]");
const matching = () => document.querySelector("[data-all-matching]");

function tell() {
  const all = boxes();
  const chosen = all.filter((box) => box.checked).length;
  const head = whole();
  if (head) {
    head.hidden = false;
    head.checked = all.length > 0 && chosen === all.length;
    head.indeterminate = chosen > 0 && chosen < all.length;
  }
  const count = document.querySelector("[data-chosen]");
  if (count) count.textContent = matching()?.checked ? matching().dataset.allMatching : String(chosen);
}

function tick(event) {
  const box = event.target;
  if (box === whole()) {
    for (const one of boxes()) one.checked = box.checked;
    if (!box.checked && matching()) matching().checked = false;
  } else if (box === matching()) {
    if (box.checked) for (const one of boxes()) one.checked = true;
  } else if (box.classList?.contains("select-row")) {
    if (matching() && !box.checked) matching().checked = false;
    last = box;
  } else return;
  tell();
}

function range(event) {
  const box = event.target;
  if (!event.shiftKey || !box.classList?.contains("select-row") || !last || last === box) return;
  const all = boxes();
  const [from, to] = [all.indexOf(last), all.indexOf(box)].sort((one, other) => one - other);
  if (from < 0) return;
  for (const one of all.slice(from, to + 1)) one.checked = box.checked;
}

function clear(event) {
  if (!event.target.closest?.("[data-tick-none]")) return;
  for (const one of boxes()) one.checked = false;
  if (matching()) matching().checked = false;
  tell();
  boxes()[0]?.focus();
}

export function startBulk() {
  tell();
  document.addEventListener("click", range);
  document.addEventListener("click", clear);
  document.addEventListener("change", tick);
  document.addEventListener("htmx:after:swap", tell);
}
