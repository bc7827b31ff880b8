// What was done stays long enough to read and to take back; a pointer or the focus on it keeps it.

const STAY = 8000;

function watch(toast) {
  if (toast.dataset.watched) return;
  toast.dataset.watched = "yes";
  let timer;
  const start = () => {
    timer = setTimeout(() => toast.remove(), STAY);
  };
  const hold = () => clearTimeout(timer);
  for (const name of ["pointerenter", "focusin"]) toast.addEventListener(name, hold);
  for (const name of ["pointerleave", "focusout"]) toast.addEventListener(name, start);
  start();
}

/** Put a copy of a template's content among the toasts. */
export function showToast(template) {
  document.getElementById("toasts").append(template.content.cloneNode(true));
  watchAll();
}

function watchAll() {
  for (const toast of document.querySelectorAll("#toasts > .toast:not(.bad)")) watch(toast);
  const all = document.querySelectorAll("#toasts > .toast");
  for (const old of [...all].slice(0, -3)) old.remove();
}

export function startToasts() {
  watchAll();
  document.addEventListener("htmx:after:swap", watchAll);
  document.addEventListener("click", (event) => {
    event.target.closest?.("[data-dismiss]")?.closest(".toast")?.remove();
  });
}
