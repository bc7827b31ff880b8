// While a request is under way its button says so; a request that fails says that, and nothing typed is lost.
import { showToast } from "./toasts.js";

const words = () => document.getElementById("fault-words");

function busy(form, on) {
  const button = form?.querySelector?.("[data-submit]");
  if (button) button.toggleAttribute("aria-busy", false);
  if (button && on) button.setAttribute("aria-busy", "true");
}

const underWay = new Set();
const LONGEST = 30_000;

// A second press while the first is under way would do the work twice. htmx asks the server anew once the first has
// been answered, so it is held back here, before anybody else hears of it.
function holdSecond(event) {
  const form = event.target;
  if (form.method !== "post") return;
  if (underWay.has(form)) {
    event.preventDefault();
    event.stopImmediatePropagation();
    return;
  }
  underWay.add(form);
  setTimeout(() => underWay.delete(form), LONGEST);
}

/** Have `text` read aloud by a screen reader, politely. */
export function announce(text) {
  const place = document.getElementById("announcer");
  place.textContent = "";
  requestAnimationFrame(() => {
    place.textContent = text;
  });
}

function offline() {
  document.getElementById("offline").hidden = navigator.onLine;
}

export function startRequests() {
  document.addEventListener("submit", holdSecond, true);
  document.addEventListener("htmx:before:request", (event) => {
    busy(event.detail.ctx.sourceElement, true);
  });
  document.addEventListener("htmx:finally:request", (event) => {
    const { form, sourceElement } = { ...event.detail.ctx, form: event.detail.ctx.request.form };
    underWay.delete(form);
    busy(sourceElement, false);
  });
  document.addEventListener("htmx:error", (event) => {
    if (event.detail.ctx) showToast(words());
  });
  document.addEventListener("submit", (event) => {
    if (!event.defaultPrevented) busy(event.target, true);
  });
  window.addEventListener("pageshow", (event) => {
    if (!event.persisted) return;
    underWay.clear();
    for (const button of document.querySelectorAll('[aria-busy="true"]')) button.removeAttribute("aria-busy");
  });
  window.addEventListener("online", offline);
  window.addEventListener("offline", offline);
  offline();
}
