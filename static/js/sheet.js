// On a phone the coach is a sheet at the bottom: peek, half or full. It makes way for whatever a person works in.

const NEXT = { half: "full", full: "peek", peek: "half" };
const GAP = 16;

const coach = () => document.getElementById("coach");
const handle = () => coach()?.querySelector("[data-sheet-next]");

let chosen = "half";

// What is typed in needs the room that the keyboard leaves; so does a dialog.
function isNarrowed() {
  const typing = document.activeElement?.matches("main :is(input, textarea, select), .search input");
  return Boolean(typing || document.getElementById("dialog")?.open);
}

/** Give the sheet its height again: a page that was drawn anew knows nothing of it. */
export function keepSheet() {
  if (!coach()) return;
  const height = isNarrowed() ? "peek" : chosen;
  if (coach().dataset.sheet !== height) coach().dataset.sheet = height;
  handle()?.setAttribute("aria-expanded", height === "peek" ? "false" : "true");
}

function isSheet() {
  return Boolean(coach()) && getComputedStyle(coach()).position === "fixed";
}

/** Scroll `element` to where it is seen: on a phone, above the sheet. */
export function bringIntoView(element) {
  element.scrollIntoView({ block: "nearest", behavior: "instant" });
  if (!isSheet() || coach().contains(element)) return;
  if (chosen === "full") chosen = "half";
  keepSheet();
  // The height the sheet will have: it may still be on its way there.
  const tall = coach().dataset.sheet === "peek" ? 72 : innerHeight / 2;
  const under = element.getBoundingClientRect().bottom + GAP - (innerHeight - tall);
  if (under > 0) scrollBy({ top: under, behavior: "instant" });
}

export function startSheet() {
  document.addEventListener("click", (event) => {
    if (!event.target.closest?.("[data-sheet-next]")) return;
    chosen = NEXT[coach().dataset.sheet] ?? "half";
    keepSheet();
  });
  for (const happens of ["focusin", "focusout", "toggle", "close"]) {
    document.addEventListener(happens, () => requestAnimationFrame(keepSheet), true);
  }
  document.addEventListener("htmx:after:swap", () => requestAnimationFrame(keepSheet));
}
