// The one dialog: opens when an action's form has arrived in it, closes when the page behind it was renewed.

const dialog = () => document.getElementById("dialog");

/** Show `content` (nodes) in the dialog. */
export function showInDialog(...content) {
  dialog().replaceChildren(...content);
  open();
}

function open() {
  const box = dialog();
  if (!box.open) box.showModal();
  const wrong = box.querySelector('[aria-invalid="true"]');
  const field = box.querySelector(
    'input:not([type="hidden"], [readonly]), select, textarea',
  );
  const first = wrong || (box.querySelector('[role="alert"]') ? null : field);
  if (first) first.focus();
  else box.querySelector("[data-submit], button, a")?.focus();
}

export function closeDialog() {
  if (dialog().open) dialog().close();
}

export function startDialog() {
  document.addEventListener("htmx:after:swap", (event) => {
    const target = event.detail.ctx?.target;
    const element = typeof target === "string" ? document.querySelector(target) : target;
    if (element?.id === "page") closeDialog();
    else if (element === dialog() && element.childElementCount) open();
  });
  document.addEventListener("click", (event) => {
    const box = dialog();
    const closes = event.target.closest?.("[data-close]");
    if (closes && box.contains(closes)) {
      event.preventDefault();
      closeDialog();
    }
  });
  // Emptied when closed, so that no two forms of one name ever stand on a page.
  dialog().addEventListener("close", () => dialog().replaceChildren());
}
