// A page that came back with something wrong shows it: the first faulty field, else the sentence, has the focus.

export function startFaults() {
  const main = document.getElementById("main");
  const wrong = main?.querySelector('[aria-invalid="true"]') || main?.querySelector('form [role="alert"]');
  if (!wrong) return;
  // a group of boxes is no field itself: its first box is where one begins
  const place = wrong.matches("ul, fieldset, div") ? wrong.querySelector("input") || wrong : wrong;
  if (!place.matches("input, select, textarea")) place.tabIndex = -1;
  place.focus({ preventScroll: true });
  wrong.scrollIntoView({ block: "center" });
}
