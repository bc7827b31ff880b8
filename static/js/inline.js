// A value is changed where it stands: a pencil comes to whatever row has the pointer or the focus, opens the one field,
// Enter saves, Esc leaves it as it was. What was typed is never lost by a click elsewhere. Without script there is the
// record's form.

const HOLDER = "[data-inline]";
let saved = null;

const form = () => document.querySelector(".cell-form");

const controls = (one) => [...one.elements].filter((each) => each.name && each.type !== "hidden");

// What the server drew is what the field began with, so words typed the moment it appears count as typed. A select of
// one line begins at its first option where none is named.
function began(one) {
  if (one.type === "checkbox") return one.defaultChecked;
  if (one.tagName !== "SELECT") return one.defaultValue;
  const named = [...one.options].filter((option) => option.defaultSelected);
  return (named.at(-1) ?? one.options[0])?.value ?? "";
}

const held = (one) => (one.type === "checkbox" ? one.checked : one.value);

// A form that came back refused holds words of one's own from the start.
const touched = (form) => Boolean(form.querySelector("[role='alert']")) || controls(form).some((one) => held(one) !== began(one));

function name(cell) {
  if (cell.tagName === "DD") return cell.previousElementSibling.textContent.trim();
  return cell.closest("table").querySelectorAll("thead th")[cell.cellIndex]?.textContent.trim() ?? "";
}

function arm(holder) {
  const words = holder.closest("[data-edit-words]")?.dataset.editWords;
  if (!words) return;
  for (const cell of holder.querySelectorAll("[data-field]")) {
    if (cell.querySelector(".cell-edit, .cell-form")) continue;
    const button = document.createElement("button");
    button.type = "button";
    button.className = "cell-edit";
    button.setAttribute("aria-label", `${words}: ${name(cell)}`);
    button.append(document.getElementById("pencil").content.cloneNode(true));
    cell.append(button);
  }
}

function disarm(holder) {
  if (!holder || holder.tagName === "DL" || holder.contains(document.activeElement)) return;
  for (const button of holder.querySelectorAll(".cell-edit")) button.remove();
}

async function open(cell) {
  if (!leave()) return;
  const holder = cell.closest(HOLDER);
  cell.querySelector(".cell-edit")?.remove();
  const before = [...cell.childNodes].map((node) => node.cloneNode(true));
  saved = { before, cell };
  const address = `/s/${location.pathname.split("/")[2]}/cells/${holder.dataset.inline}/${cell.dataset.field}`;
  await window.htmx.ajax("GET", address, { target: cell, swap: "innerHTML" });
}

function begin() {
  const one = form();
  if (!one) return;
  const first = controls(one)[0];
  if (first && document.activeElement !== first) {
    first.focus();
    first.select?.();
  }
}

function restore() {
  if (!saved) return;
  const { before, cell } = saved;
  saved = null;
  cell.replaceChildren(...before);
  const holder = cell.closest(HOLDER);
  if (!holder) return;
  arm(holder);
  cell.querySelector(".cell-edit")?.focus({ preventScroll: true });
}

// Whether the field may go: where something was typed, it stays and says so.
function leave() {
  const one = form();
  if (!one) return true;
  if (!touched(one)) {
    restore();
    return true;
  }
  one.querySelector("[data-cell-unsaved]").hidden = false;
  controls(one)[0]?.focus();
  return false;
}

function pressed(event) {
  const one = event.target.closest?.(".cell-form");
  if (!one) return;
  if (event.key === "Escape") {
    event.preventDefault();
    event.stopPropagation();
    restore();
  } else if (event.key === "Enter" && event.target.tagName !== "BUTTON" && (event.target.tagName !== "TEXTAREA" || event.ctrlKey)) {
    event.preventDefault();
    one.requestSubmit();
  }
}

function clicked(event) {
  const target = event.target;
  if (target.closest?.("[data-cell-cancel]")) return void restore();
  const pencil = target.closest?.(".cell-edit");
  if (pencil) {
    event.preventDefault();
    return void open(pencil.closest("[data-field]"));
  }
  const one = form();
  if (!one || one.contains(target) || target.closest?.("#dialog, #coach")) return;
  if (!leave()) {
    event.preventDefault();
    event.stopImmediatePropagation();
  }
}

// After the page was drawn anew the focus is where it was: on the pencil of the field that was saved.
let last = null;

function drawn() {
  if (form()) return begin();
  for (const holder of document.querySelectorAll(`dl${HOLDER}`)) arm(holder);
  if (!last) return undefined;
  const holder = document.getElementById(last.id);
  const cell = holder?.querySelector(`[data-field="${last.field}"]`);
  last = null;
  saved = null;
  if (!cell) return undefined;
  arm(holder);
  return cell.querySelector(".cell-edit")?.focus({ preventScroll: true });
}

export function startInline() {
  drawn();
  for (const happens of ["pointerover", "focusin"]) {
    document.addEventListener(happens, (event) => {
      const holder = event.target.closest?.(HOLDER);
      if (holder) arm(holder);
    });
  }
  document.addEventListener("pointerout", (event) => {
    const holder = event.target.closest?.(HOLDER);
    if (holder && !holder.contains(event.relatedTarget)) disarm(holder);
  });
  document.addEventListener("focusout", (event) => {
    const holder = event.target.closest?.(HOLDER);
    if (holder && !holder.contains(event.relatedTarget)) requestAnimationFrame(() => disarm(holder));
  });
  document.addEventListener("keydown", pressed, true);
  document.addEventListener("click", clicked, true);
  document.addEventListener("submit", (event) => {
    const one = event.target.closest?.(".cell-form");
    if (one) last = { id: one.closest(HOLDER).id, field: one.closest("[data-field]").dataset.field };
  });
  document.addEventListener("htmx:after:swap", () => requestAnimationFrame(drawn));
  window.addEventListener("beforeunload", (event) => {
    const one = form();
    if (one && touched(one) && !last) event.preventDefault();
  });
}
