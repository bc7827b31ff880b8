// While a request is under way its button says so; a request that fails says that, and nothing typed is lost.
import { showToast } from "./toasts.js";

const words = () => document.getElementById("fault-words");

function busy(form, on) {
  const button = form?.querySelector?.("[data-submit]");
  if (button) button.toggleAttribute("aria-busy", false);
  if (button && on) button.setAttribute("aria-busy", "true");
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
  document.addEventListener("htmx:before:request", (event) => {
    const form = event.detail.ctx.sourceElement;
    // A second press while the first is under way would do the work twice.
    if (form.matches?.("form") && form.querySelector('[data-submit][aria-busy="true"]')) {
      event.detail.ctx.isSecondPress = true;
      event.preventDefault();
    } else busy(form, true);
  });
  document.addEventListener("htmx:finally:request", (event) => {
    // A press that was held back ends at once; the first one is still under way.
    if (!event.detail.ctx.isSecondPress) busy(event.detail.ctx.sourceElement, false);
  });
  document.addEventListener("htmx:error", (event) => {
    if (event.detail.ctx) showToast(words());
  });
  document.addEventListener("submit", (event) => {
    if (!event.defaultPrevented) busy(event.target, true);
  });
  window.addEventListener("pageshow", (event) => {
    if (!event.persisted) return;
    for (const button of document.querySelectorAll('[aria-busy="true"]')) button.removeAttribute("aria-busy");
  });
  window.addEventListener("online", offline);
  window.addEventListener("offline", offline);
  offline();
}
