// Finds the place on the page where the coach's current move is done, and lights it. People, the demo and the
// browser proof all go by what `findTarget` returns: there is no other way to know where a move is made.

import { bringIntoView, keepSheet, startSheet } from "./sheet.js";

const panel = () => document.getElementById("coach-move");

/** The move that the panel publishes, or null. */
export function currentMove() {
  const text = panel()?.dataset.move;
  return text ? JSON.parse(text) : null;
}

function isShown(element) {
  return Boolean(element?.checkVisibility());
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

// One of several buttons, or a box to tick, is pressed; anything else is written or chosen.
function fieldTarget(form, name, wanted) {
  const control = form.elements[name];
  if (control instanceof RadioNodeList) {
    const one = [...control].find((button) => button.value === wanted);
    return { element: one?.closest("label") ?? one, kind: "press" };
  }
  if (control.type === "checkbox") return { element: control, kind: "press" };
  return { element: control, kind: "fill", value: wanted };
}

function inForm(form, move) {
  for (const { name } of form.elements) {
    if (!(name in move.fields)) continue;
    const wanted = move.fields[name];
    if (valueOf(form, name).trim() !== wanted.trim()) return fieldTarget(form, name, wanted);
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
    if (button && !document.querySelector("dialog[open]")) return { element: button, kind: "press" };
  }
  // Behind an open dialog nothing can be pressed: the way on is to close it first.
  const close = document.querySelector("dialog[open] [data-close]");
  if (close) return { element: close, kind: "press" };
  if (move.href && location.pathname === move.href) return null;
  const link = reachable(move.open ? `main [data-open="${move.open}"]` : `a[href="${move.href}"]`);
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
  document.getElementById("callout")?.remove();
}

function wordsFor(target) {
  const said = panel().dataset;
  if (target.kind === "press") return said.wordPress;
  if (target.kind === "enter") return said.wordEnter;
  if (target.element.tagName === "SELECT") {
    const option = [...target.element.options].find((one) => one.value === target.value);
    return `${said.wordChoose} ${option ? option.text : target.value}`;
  }
  return `${said.wordWrite} ${target.value}`;
}

function showCallout(target) {
  const callout = document.createElement("div");
  callout.id = "callout";
  callout.className = "callout";
  callout.popover = "manual";
  callout.dataset.kind = target.kind;
  callout.dataset.value = target.value ?? "";
  callout.textContent = wordsFor(target);
  document.body.append(callout);
  callout.showPopover();
  const place = target.element.getBoundingClientRect();
  const below = place.bottom + 16 + callout.offsetHeight < innerHeight;
  callout.style.top = `${below ? place.bottom + 16 : Math.max(8, place.top - 16 - callout.offsetHeight)}px`;
  callout.style.left = `${Math.max(8, Math.min(place.left, innerWidth - callout.offsetWidth - 8))}px`;
}

function light() {
  const place = panel();
  const target = place?.dataset.lit ? findTarget(currentMove()) : null;
  const callout = document.getElementById("callout");
  const isSaid = callout?.dataset.kind === target?.kind && callout?.textContent === (target && wordsFor(target));
  if (isSaid && target.element === lit && lit.isConnected && lit.classList.contains("lit")) return;
  unlight();
  if (!target?.element) return;
  lit = target.element;
  lit.classList.add("lit");
  if (!lit.closest("dialog")) bringIntoView(lit);
  showCallout(target);
}

let reported = "";

// Only the panel is drawn anew: a form that was opened meanwhile stays, with all that was typed in it.
async function reportSeen() {
  const place = panel();
  const match = location.pathname.match(/^\/s\/\d+\/([a-z]+)\/(\d+)$/);
  if (!place || !match || reported === location.pathname) return;
  reported = location.pathname;
  const values = { type: match[1], n: match[2], csrf_token: place.dataset.csrf };
  const answer = await fetch(place.dataset.seen, { method: "POST", body: new URLSearchParams(values) });
  const coach = document.getElementById("coach");
  const drawn = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById("coach");
  if (!answer.ok || !coach || !drawn) return;
  coach.replaceChildren(...drawn.childNodes);
  htmx.process(coach);
  look();
}

// A demo does at a readable pace what the light shows; it plays only in a space of its own.
const PACE = 1400;
let playing = 0;

function playOn() {
  clearTimeout(playing);
  if (!panel()?.dataset.playing) return;
  playing = setTimeout(() => {
    const target = findTarget(currentMove());
    if (target?.element) perform(target);
    playOn();
  }, PACE);
}

function perform({ element, kind, value }) {
  if (kind === "press") return element.click();
  if (kind === "enter") return element.form.requestSubmit();
  element.focus();
  element.value = value;
  element.dispatchEvent(new Event("input", { bubbles: true }));
  return element.dispatchEvent(new Event("change", { bubbles: true }));
}

let started = null;

function tick() {
  const clock = document.querySelector("#coach [data-clock]");
  if (!clock) return;
  if (started?.page !== clock) started = { page: clock, shown: clock.textContent, since: Date.now() };
  const [minutes, seconds] = started.shown.split(":").map(Number);
  const total = minutes * 60 + seconds + Math.floor((Date.now() - started.since) / 1000);
  clock.textContent = `${Math.floor(total / 60)}:${String(total % 60).padStart(2, "0")}`;
}

function look() {
  keepSheet();
  light();
  reportSeen();
  playOn();
}

export function startCoach() {
  document.addEventListener("htmx:after:swap", () => requestAnimationFrame(look));
  document.addEventListener("input", () => requestAnimationFrame(light));
  document.addEventListener("change", () => requestAnimationFrame(light));
  document.addEventListener("toggle", () => requestAnimationFrame(light), true);
  document.addEventListener("close", () => requestAnimationFrame(light), true);
  document.addEventListener("keydown", (event) => {
    const free = !event.target.closest?.("input, textarea, select") || event.altKey;
    if (event.key === "g" && free && !event.ctrlKey && !event.metaKey && lit) {
      event.preventDefault();
      lit.focus();
    }
  });
  addEventListener("resize", () => requestAnimationFrame(() => (unlight(), light())));
  setInterval(tick, 1000);
  startSheet();
  look();
}
