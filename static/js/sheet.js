// On a phone the coach is a sheet on the bottom bar: peek, half or full; on a narrow desk a strip that unfolds over the
// page. Either makes way for whatever a person works in, and keeps its height when the page is drawn anew.

const NEXT = { half: "full", full: "peek", peek: "half" };
const GAP = 16;
const HEIGHTS = { peek: "--peek", foot: "--foot-high" };

const coach = () => document.getElementById("coach");
const handle = () => coach()?.querySelector("[data-sheet-next]");
const strip = () => coach()?.querySelector(".coach-strip");

let chosen = "half";
let unfolded = false;
// Pulled up, or unfolded, over a form that is open, for as long as the form is.
let raised = "";

const isOverForm = () => Boolean(document.getElementById("dialog")?.open);

// What is typed in needs the room that the keyboard leaves; so does a dialog.
function isNarrowed() {
  return document.activeElement?.matches("main :is(input, textarea, select), .search input") || isOverForm();
}

/** Give the sheet its height again: a page that was drawn anew knows nothing of it. */
export function keepSheet() {
  if (!coach()) return;
  if (!isOverForm()) raised = "";
  const height = isNarrowed() ? raised || "peek" : chosen;
  if (coach().dataset.sheet !== height) coach().dataset.sheet = height;
  handle()?.setAttribute("aria-expanded", height === "peek" ? "false" : "true");
  const isOpen = isOverForm() ? Boolean(raised) : unfolded;
  if (strip() && strip().open !== isOpen) strip().open = isOpen;
}

function turnStrip(event) {
  event.preventDefault();
  if (isOverForm()) raised = raised ? "" : "half";
  else unfolded = !unfolded;
  keepSheet();
}

export function isSheet() {
  return Boolean(coach()) && getComputedStyle(coach()).position === "fixed";
}

function pixels(name) {
  return parseFloat(getComputedStyle(document.documentElement).getPropertyValue(HEIGHTS[name]));
}

// What was just said stands on top of a phone for a while, and must not cover the place one is led to.
function underToasts() {
  const said = [...document.querySelectorAll("#toasts > .toast")];
  return Math.max(0, ...said.map((toast) => toast.getBoundingClientRect().bottom));
}

/** Scroll `element` to where it is seen: on a phone, below what was just said and above the sheet. */
export function bringIntoView(element) {
  if (coach().contains(element)) return;
  element.scrollIntoView({ block: "nearest", behavior: "instant" });
  if (!isSheet()) return;
  if (chosen === "full") chosen = "half";
  keepSheet();
  const over = underToasts() + GAP - element.getBoundingClientRect().top;
  if (over > 0) scrollBy({ top: -over, behavior: "instant" });
  // The height the sheet will have: it may still be on its way there.
  const tall = coach().dataset.sheet === "peek" ? pixels("peek") : (innerHeight - pixels("foot")) / 2;
  const under = element.getBoundingClientRect().bottom + GAP - (innerHeight - pixels("foot") - tall);
  if (under > 0) scrollBy({ top: under, behavior: "instant" });
}

export function startSheet() {
  document.addEventListener("click", (event) => {
    if (event.target.closest?.(".coach-strip > summary")) return turnStrip(event);
    if (!event.target.closest?.("[data-sheet-next]")) return;
    const next = NEXT[coach().dataset.sheet] ?? "half";
    if (isOverForm()) raised = next;
    else chosen = next;
    keepSheet();
  });
  for (const happens of ["focusin", "focusout", "toggle", "close"]) {
    document.addEventListener(happens, () => requestAnimationFrame(keepSheet), true);
  }
  document.addEventListener("htmx:after:swap", () => requestAnimationFrame(keepSheet));
}
