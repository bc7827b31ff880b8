// Finds the place on the page where the coach's current move is done, and lights it. People, the demo and the
// browser proof all go by what `findTarget` returns: there is no other way to know where a move is made.

const panel = () => document.getElementById("coach-move");

/** The move that the panel publishes, or null. */
export function currentMove() {
  const text = panel()?.dataset.move;
  return text ? JSON.parse(text) : null;
}

function isShown(element) {
  return Boolean(element && element.getClientRects().length);
}

function reachable(selector) {
  for (const element of document.querySelectorAll(selector)) {
    if (isShown(element)) return element;
    const folded = element.closest("details:not([open])");
    if (folded && isShown(folded)) return folded.querySelector("summary");
  }
  return null;
}

function valueOf(form, name) {
  const control = form.elements[name];
  if (!control) return null;
  if (control.type === "checkbox") return control.checked ? "1" : "";
  return control.value;
}

function controlOf(form, name) {
  const control = form.elements[name];
  return control instanceof RadioNodeList ? control[0] : control;
}

function inForm(form, move) {
  for (const [name, wanted] of Object.entries(move.fields)) {
    const found = valueOf(form, name);
    if (found !== null && found.trim() !== wanted.trim()) return { element: controlOf(form, name), kind: "fill", value: wanted };
  }
  return { element: form.querySelector("[data-submit]"), kind: "press" };
}

/** Where the move goes on: `{element, kind: "press" | "fill", value}`, or null when this page has no way. */
export function findTarget(move) {
  if (!move) return null;
  const record = move.record ? `[data-record="${move.record}"]` : "";
  if (move.action) {
    const form = document.querySelector(`form[data-form="${move.action}"]${record}`);
    if (form && isShown(form)) return inForm(form, move);
    const button = reachable(`[data-action="${move.action}"]${record}`);
    if (button) return { element: button, kind: "press" };
  }
  if (move.href && location.pathname === move.href) return null;
  const link = move.open ? reachable(`main [data-open="${move.open}"]`) : null;
  if (link) return { element: link, kind: "press" };
  const search = document.querySelector('input[type="search"]');
  if (move.find && isShown(search)) {
    return search.value.trim() === move.find.trim()
      ? { element: search, kind: "enter" }
      : { element: search, kind: "fill", value: move.find };
  }
  return null;
}

let lit = null;

function unlight() {
  lit?.classList.remove("lit");
  lit = null;
}

function light() {
  const place = panel();
  const target = place?.dataset.lit ? findTarget(currentMove()) : null;
  if (target?.element === lit) return;
  unlight();
  if (!target?.element) return;
  lit = target.element;
  lit.classList.add("lit");
  if (!lit.closest("dialog")) lit.scrollIntoView({ block: "nearest", behavior: "instant" });
}

let reported = "";

function reportSeen() {
  const place = panel();
  const match = location.pathname.match(/^\/s\/\d+\/([a-z]+)\/(\d+)$/);
  if (!place || !match || reported === location.pathname) return;
  reported = location.pathname;
  htmx.ajax("POST", place.dataset.seen, {
    source: place,
    target: "#page",
    swap: "outerMorph",
    values: { type: match[1], n: match[2], csrf_token: place.dataset.csrf },
  });
}

let started = null;

function tick() {
  const clock = document.querySelector("#coach [data-clock]");
  if (!clock) return;
  const [minutes, seconds] = (started?.shown ?? clock.textContent).split(":").map(Number);
  if (!started || started.page !== clock) started = { page: clock, shown: clock.textContent, since: Date.now() };
  const total = minutes * 60 + seconds + Math.floor((Date.now() - started.since) / 1000);
  clock.textContent = `${Math.floor(total / 60)}:${String(total % 60).padStart(2, "0")}`;
}

function look() {
  light();
  reportSeen();
}

export function startCoach() {
  document.addEventListener("htmx:after:swap", () => requestAnimationFrame(look));
  document.addEventListener("input", () => requestAnimationFrame(light));
  document.addEventListener("change", () => requestAnimationFrame(light));
  document.addEventListener("toggle", () => requestAnimationFrame(light), true);
  document.addEventListener("close", () => requestAnimationFrame(light), true);
  setInterval(tick, 1000);
  look();
}
