// Finds the place on the page where the coach's current move is done, and lights it. People, the demo and the
// browser proof all go by what `findTarget` returns: there is no other way to know where a move is made.

import { hideCallout, showCallout, startCallout } from "./callout.js";
import { showNews } from "./panel.js";
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

// Several boxes of one name are one field: its value is what is ticked, joined by commas.
function boxesOf(control) {
  return control instanceof RadioNodeList && control[0]?.type === "checkbox" ? [...control] : null;
}

const codesOf = (text) => text.split(",").map((code) => code.trim()).filter(Boolean).sort();

function valueOf(form, name) {
  const control = form.elements[name];
  if (!control) return null;
  const boxes = boxesOf(control);
  if (boxes) return boxes.filter((box) => box.checked).map((box) => box.value).join(",");
  if (control.type === "checkbox") return control.checked ? "1" : "";
  return control.value;
}

// One of several buttons, or a box to tick, is pressed; anything else is written or chosen.
function fieldTarget(form, name, wanted, words) {
  const control = form.elements[name];
  if (control.type === "hidden") return lookupTarget(control.parentElement, wanted, words);
  const boxes = boxesOf(control);
  if (boxes) {
    const codes = codesOf(wanted);
    const one = boxes.find((box) => box.checked !== codes.includes(box.value));
    return { element: one?.closest("label") ?? one, kind: "press" };
  }
  if (control instanceof RadioNodeList) {
    const one = [...control].find((button) => button.value === wanted);
    return { element: one?.closest("label") ?? one, kind: "press" };
  }
  if (control.type === "checkbox") return { element: control, kind: "press" };
  return { element: control, kind: "fill", value: wanted };
}

// What stands folded away is opened first.
function unfolded(target) {
  const folded = !isShown(target.element) && target.element?.closest("details:not([open])");
  return folded ? { element: folded.querySelector("summary"), kind: "press" } : target;
}

// In a box that finds records a part of the name is typed first, then the record is picked from what was found.
function lookupTarget(place, wanted, words) {
  const option = place.querySelector(`[role="option"][data-n="${wanted}"]`);
  if (isShown(option)) return { element: option, kind: "press", says: "choose" };
  return { element: place.querySelector('[role="combobox"]'), kind: "fill", value: wanted && (words ?? wanted) };
}

// What the free fields of the open form held when it came up; a form that was refused comes back as it was sent.
let opened = { form: "", held: {} };

function heldAtFirst(form, move) {
  if (opened.form !== form.action) {
    opened = { form: form.action, held: Object.fromEntries(move.free.map((name) => [name, form.elements[name]?.defaultValue ?? ""])) };
  }
  return opened.held;
}

// What people write in words of their own is right as soon as something new stands there.
function isWritten(form, name, move) {
  const value = valueOf(form, name).trim();
  return Boolean(move.free?.includes(name) && value && value !== heldAtFirst(form, move)[name].trim());
}

function inForm(form, move) {
  for (const { name } of form.elements) {
    if (!(name in move.fields)) continue;
    const wanted = move.fields[name];
    const held = valueOf(form, name);
    const isSo = boxesOf(form.elements[name])
      ? codesOf(held).join() === codesOf(wanted).join()
      : held.trim() === wanted.trim();
    if (isSo || isWritten(form, name, move)) continue;
    return unfolded({ ...fieldTarget(form, name, wanted, move.names?.[name]), isOwn: Boolean(move.free?.includes(name)) });
  }
  return { element: form.querySelector("[data-submit]"), kind: "press" };
}

// A form that belongs to another move is closed first, by its ×: "Cancel" would read as if it were the work.
function inOtherForm(move) {
  const form = document.querySelector("dialog[open] form[data-form]");
  const close = form?.closest("dialog").querySelector(".dialog-close");
  return close ? { element: close, kind: "press", says: form.dataset.form === move.action ? "card" : "close" } : null;
}

// The record is open and offers the work no more: it was closed, given away or deleted. Only a step back leads on.
function wayBack() {
  const menu = document.querySelector("#coach [data-steps-back] summary");
  return menu ? { element: menu, kind: "press", says: "stuck" } : null;
}

// As the search finds it: a name by its words in any order, a number in any spelling by its last ten figures.
function isSaid(typed, wanted) {
  const figures = (text) => text.replace(/\D/g, "").slice(-10);
  const words = (text) => text.toLowerCase().trim().split(/\s+/).sort().join(" ");
  const isNumber = !/\p{L}/u.test(typed + wanted) && figures(wanted).length > 6;
  return isNumber ? figures(typed) === figures(wanted) : words(typed) === words(wanted);
}

function linkTo(move) {
  if (!move.open) return reachable(`a[href="${move.href}"]`);
  const links = [`main [data-open="${move.open}"]`, `main a[href="${move.href}"]:not([data-close])`];
  if (move.via) links.push(`main [data-open="${move.via}"]`);
  return links.map(reachable).find(Boolean);
}

/** Where the move goes on: `{element, kind: "press" | "fill" | "enter", value}`, or null: this page has no way. */
export function findTarget(move) {
  if (!move) return null;
  if (move.back) return { element: document.querySelector("#coach [data-way-back]"), kind: "press", says: "back" };
  if (move.gone) return wayBack();
  const record = move.record ? `[data-record="${move.record}"]` : "";
  if (move.action) {
    const form = document.querySelector(`form[data-form="${move.action}"]${record}`);
    if (form && isShown(form)) return inForm(form, move);
  }
  // Behind an open dialog nothing can be pressed.
  if (document.querySelector("dialog[open]")) return inOtherForm(move);
  if (move.action) {
    const button = reachable(`[data-action="${move.action}"]${record}`);
    if (button) return { element: button, kind: "press", says: "work" };
  }
  if (move.href && location.pathname === move.href) return move.action ? wayBack() : null;
  const link = linkTo(move);
  if (link) return { element: link, kind: "press", says: "open" };
  const search = document.querySelector('input[type="search"]');
  if (move.find && isShown(search)) {
    return isSaid(search.value, move.find)
      ? { element: search, kind: "enter" }
      : { element: search, kind: "fill", value: move.find, says: "find" };
  }
  return null;
}

let lit = null;

function unlight() {
  lit?.classList.remove("lit");
  lit = null;
  hideCallout();
}

// Inside «ёлочки» stand „лапки“.
const nested = (name) => name.replaceAll("«", "„").replaceAll("»", "“");
const named = (words, name) => words.replace("{name}", () => (words.includes("«") ? nested(name) : name));

// A day as its reader writes it; the field itself wants it otherwise.
function shownValue({ element, value }) {
  if (element.tagName === "SELECT") return [...element.options].find((one) => one.value === value)?.text ?? value;
  if (!["date", "datetime-local"].includes(element.type) || !value) return value;
  const how = { day: "numeric", month: "long", year: "numeric" };
  if (element.type === "datetime-local") Object.assign(how, { hour: "2-digit", minute: "2-digit" });
  return new Intl.DateTimeFormat(document.documentElement.lang, how).format(new Date(`${value}T00:00`.slice(0, 16)));
}

// A button that shows three dots alone is called by them: "More" stands on the bar of a phone, too.
function nameOf(element) {
  if (element.matches("summary.square")) return "⋯";
  const words = element.querySelector(".rest-word") ?? element;
  return words.textContent.trim() || element.getAttribute("aria-label") || "";
}

function wordsFor(target) {
  const said = panel().dataset;
  const { element, kind } = target;
  if (target.says === "back") return ["", ""]; // the button says it, and above it stands what went wrong
  if (target.says === "close") return [said.wordClose, ""];
  if (target.says === "card") return [said.wordCard, ""];
  if (target.says === "stuck") return [said.wordStuck, ""];
  if (kind === "enter") return [said.wordEnter, ""];
  // on a phone the search is a magnifying glass until it is pressed
  if (target.says === "find" && element.offsetWidth < 100) return [said.wordGlass, said.why];
  if (kind === "fill") {
    const words = target.isOwn ? said.wordOwn : element.tagName === "SELECT" ? said.wordChoose : said.wordWrite;
    return [named(words, shownValue(target)), target.says === "find" ? said.why : ""];
  }
  if (target.says === "choose") return [named(said.wordChoose, element.dataset.title), ""];
  if (element.matches("input")) return [said.wordTick, ""];
  const words = target.says === "open" ? said.wordOpen : said.wordPress;
  return [named(words, nameOf(element)), target.says ? said.why : ""];
}

function light() {
  const place = panel();
  const target = place?.dataset.lit ? findTarget(currentMove()) : null;
  const [lead, reason] = target?.element ? wordsFor(target) : ["", ""];
  const callout = document.getElementById("callout");
  const isSaid = callout?.textContent === [lead, reason].filter(Boolean).join(" ");
  const isKind = callout?.dataset.kind === target?.kind && callout?.dataset.value === (target?.value ?? "");
  if (isSaid && isKind && target.element === lit && lit.isConnected && lit.classList.contains("lit")) return;
  unlight();
  if (!target?.element) return;
  lit = target.element;
  lit.classList.add("lit");
  if (!lit.closest("dialog")) bringIntoView(lit);
  showCallout(lit, { kind: target.kind, value: target.value ?? "" }, lead, reason);
}

let reported = "";

// Only the panel is drawn anew: a form that was opened meanwhile stays, with all that was typed in it.
async function reportSeen() {
  const place = panel();
  const match = location.pathname.match(/^\/s\/\d+\/([a-z]+)\/(\d+)$/);
  if (!place?.dataset.seen || !match || reported === location.pathname) return;
  reported = location.pathname;
  const values = { type: match[1], n: match[2], csrf_token: place.dataset.csrf };
  const answer = await fetch(place.dataset.seen, { method: "POST", body: new URLSearchParams(values) });
  const coach = document.getElementById("coach");
  const drawn = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById("coach");
  if (!answer.ok || !coach || !drawn) return;
  const read = coach.querySelector(".coach-body")?.scrollTop;
  coach.replaceChildren(...drawn.childNodes);
  if (read) coach.querySelector(".coach-body").scrollTop = read; // the card that has just come stays in sight
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
  const over = document.querySelector("#coach [data-limit]");
  if (over?.hidden && total >= Number(over.dataset.limit)) {
    over.hidden = false;
    showNews();
  }
}

function look() {
  keepSheet();
  showNews();
  light();
  reportSeen();
  playOn();
}

export function startCoach() {
  document.addEventListener("htmx:after:swap", () => requestAnimationFrame(look));
  document.addEventListener("input", () => requestAnimationFrame(light));
  document.addEventListener("change", () => requestAnimationFrame(light));
  for (const turned of ["focusin", "focusout"]) {
    document.addEventListener(turned, (event) => {
      if (event.target.matches(".search input")) requestAnimationFrame(light); // a phone's search unfolds by it
    });
  }
  document.addEventListener("lookup:shown", () => requestAnimationFrame(light));
  document.addEventListener("toggle", () => requestAnimationFrame(() => (showNews(), light())), true);
  document.addEventListener("close", () => {
    opened = { form: "", held: {} };
    requestAnimationFrame(() => (showNews(), light()));
  }, true);
  document.addEventListener("keydown", (event) => {
    const free = !event.target.closest?.("input, textarea, select") || event.altKey;
    if (event.key === "g" && free && !event.ctrlKey && !event.metaKey && lit) {
      event.preventDefault();
      lit.focus();
      lit.dispatchEvent(new CustomEvent("coach:pointed", { bubbles: true }));
    }
  });
  setInterval(tick, 1000);
  startSheet();
  startCallout();
  look();
}
