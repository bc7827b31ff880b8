// Ctrl+K: one box for everything one can go to or do here. Places and actions are those the page itself offers, and
// choosing one presses what stands on the page; records are asked of the server while one types.
import { mark, markedIn, move, optionsOf, stepOf } from "./choices.js";
import { announce } from "./requests.js";

const PAUSE = 160;
const MOST = 6;
let box = null;
let places = [];
let waiting = 0;
let asked = 0;

const fold = (text) => text.toLocaleLowerCase().replaceAll("ё", "е");
const label = (element) =>
  (element.querySelector(".rest-word, span:not([aria-hidden], .rail-count)") ?? element).textContent.trim();

// What acts on many records at once, such as the buttons of a list's rows, would not say on which of them.
function actions() {
  const found = new Map();
  const buttons = document.querySelectorAll("#new-menu [data-action], main [data-action]");
  for (const button of buttons) {
    const { action, record } = button.dataset;
    const known = found.get(action);
    if (!known) found.set(action, { element: button, record });
    else if (known.record !== record) known.isUnclear = true;
  }
  return [...found.values()].filter((one) => !one.isUnclear).map(({ element }) => ({ text: label(element), element, kind: "do" }));
}

function everywhere() {
  const links = document.querySelectorAll(".rail .rail-group .rail-item, .rail .menu-item, .section-tabs a, #account-menu .menu-item[href]");
  const seen = new Set();
  const found = [];
  for (const element of links) {
    const text = label(element);
    const place = element.href ?? text; // before there is a space its places are buttons
    if (!text || seen.has(place)) continue;
    seen.add(place);
    found.push({ text, element, kind: "go" });
  }
  return found;
}

const list = () => box.querySelector('[role="listbox"]');
const input = () => box.querySelector("input");
const options = () => optionsOf(list());
const markFirst = () => mark(input(), list(), options()[0]);

function group(kind, found) {
  if (!found.length) return [];
  const head = document.createElement("li");
  head.className = "palette-head";
  head.setAttribute("role", "presentation");
  head.textContent = list().dataset[kind];
  return [
    head,
    ...found.map((place, index) => {
      const item = document.createElement("li");
      item.className = "choice";
      item.id = `palette-${kind}-${index}`;
      item.setAttribute("role", "option");
      item.textContent = place.text;
      item.addEventListener("click", () => {
        close();
        place.element.click();
      });
      return item;
    }),
  ];
}

// The words of a place may be typed in any order; what begins with them comes first.
function fitting(kind, words) {
  const parts = fold(words).split(/\s+/).filter(Boolean);
  const found = places.filter((one) => one.kind === kind && parts.every((part) => fold(one.text).includes(part)));
  const begins = (one) => (fold(one.text).startsWith(fold(words)) ? 0 : 1);
  return found.sort((one, other) => begins(one) - begins(other)).slice(0, words ? MOST : MOST * 2);
}

function draw() {
  const words = input().value.trim();
  list().replaceChildren(...group("do", fitting("do", words)), ...group("go", fitting("go", words)));
  markFirst();
  box.querySelector(".palette-none").hidden = options().length > 0 || words.length > 1;
}

async function findRecords() {
  const words = input().value.trim();
  const mine = ++asked;
  const { search } = box.dataset;
  if (!search || words.length < 2) return;
  const answer = await fetch(`${search}?${new URLSearchParams({ q: words })}`, { headers: { "HX-Request": "true" } }).catch(() => null);
  if (!answer?.ok || mine !== asked || !box.open) return;
  list().insertAdjacentHTML("beforeend", await answer.text());
  if (!markedIn(list())) markFirst();
  box.querySelector(".palette-none").hidden = options().length > 0;
  announce(list().dataset.count.replace("{count}", options().length));
}

function typed() {
  draw();
  clearTimeout(waiting);
  waiting = setTimeout(findRecords, PAUSE);
}

function close() {
  clearTimeout(waiting);
  asked += 1;
  box.close();
}

function pressed(event) {
  const step = stepOf(event);
  if (event.key === "Escape") event.stopPropagation();
  else if (step && options().length) {
    event.preventDefault();
    move(input(), list(), step);
  } else if (event.key === "Enter") {
    event.preventDefault();
    markedIn(list())?.click();
  }
}

function open() {
  if (!box) {
    box = document.getElementById("palette");
    if (!box) return;
    box.addEventListener("input", typed);
    box.addEventListener("keydown", pressed);
    box.addEventListener("click", (event) => {
      const found = event.target.closest("[data-href]");
      if (found) location.assign(found.dataset.href);
      if (event.target === box || event.target.closest("[data-shut]")) close(); // beside it, or by its ×
    });
  }
  places = [...actions(), ...everywhere()];
  box.dataset.search = document.querySelector(".search")?.dataset.find ?? "";
  input().value = "";
  draw();
  box.showModal();
  input().focus();
}

export function startPalette() {
  document.addEventListener("keydown", (event) => {
    if (event.code !== "KeyK" || !(event.ctrlKey || event.metaKey) || event.shiftKey || event.altKey) return;
    event.preventDefault();
    if (box?.open) return void close();
    if (!document.querySelector("dialog[open]")) open();
  });
  document.addEventListener("click", (event) => {
    if (event.target.closest?.("[data-palette]")) open();
  });
}
