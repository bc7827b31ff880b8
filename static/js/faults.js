// A page that came back with something wrong shows it: the first faulty field, else the sentence, has the focus.

const CONTROL = 'input:not([type="hidden"]), select, textarea';

export function startFaults() {
  const main = document.getElementById("main");
  const told = main?.querySelector('.field-error, form [role="alert"]');
  if (!told) return;
  const place = told.closest(".field")?.querySelector(CONTROL) || told;
  if (place === told) place.tabIndex = -1;
  place.focus({ preventScroll: true });
  told.scrollIntoView({ block: "center" });
}
