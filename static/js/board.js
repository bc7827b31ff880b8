// Cards of the board are dragged to another column. The column names the action that a drop performs; when that
// action asks for something, its dialog opens, and a card that is not let go of there comes back to its place.
import { announce } from "./requests.js";

let held = null;

const columnAt = (element) => element?.closest?.("[data-drop]");
const allowed = (column) => Boolean(held && column && column !== held.from && column.dataset.may);

function clearTargets() {
  for (const column of document.querySelectorAll(".board-column.target")) column.classList.remove("target");
}

function take(card, event) {
  held = { card, from: columnAt(card), place: null, dropped: false };
  event.dataTransfer.effectAllowed = "move";
  event.dataTransfer.setData("text/plain", card.dataset.card);
  card.classList.add("held");
}

/** Put the card back where it was taken from. */
function giveBack() {
  if (!held) return;
  held.card.classList.remove("held", "waiting");
  held.place?.replaceWith(held.card);
  held = null;
  clearTargets();
}

function place(column) {
  const { card } = held;
  held.place = document.createElement("p");
  held.place.className = "board-origin";
  held.place.textContent = document.getElementById("board-drop").dataset.origin;
  card.replaceWith(held.place);
  column.querySelector(".board-head").after(card);
  card.classList.replace("held", "waiting");
  held.dropped = true;
}

function asksFirst(card, column) {
  if (column.dataset.drop !== "deal.move") return true;
  const onward = Number(column.dataset.position) > Number(held.from.dataset.position);
  return onward && card.dataset.missing !== undefined;
}

function perform(column) {
  const { card } = held;
  const form = document.getElementById("board-drop");
  const url = card.dataset[`to${column.dataset.kind[0].toUpperCase()}${column.dataset.kind.slice(1)}`];
  const headers = { "HX-Target": "dialog#dialog" }; // what htmx would say of a form with this target
  form.elements.version.value = card.dataset.version;
  form.elements.stage.value = column.dataset.stageN;
  if (asksFirst(card, column)) {
    const asked = new URLSearchParams({ version: card.dataset.version, return_to: form.elements.return_to.value });
    if (column.dataset.drop === "deal.move") asked.set("stage", column.dataset.stageN);
    htmx.ajax("GET", `${url}?${asked}`, { target: "#dialog", headers });
  } else {
    htmx.ajax("POST", url, { source: form, target: "#dialog", headers });
  }
  announce(`${card.dataset.title}: ${column.getAttribute("aria-label")}`);
}

export function startBoard() {
  document.addEventListener("dragstart", (event) => {
    const card = event.target.closest?.("[data-card][draggable='true']");
    if (card) take(card, event);
  });
  document.addEventListener("dragover", (event) => {
    const column = columnAt(event.target);
    if (!allowed(column)) return;
    event.preventDefault();
    if (!column.classList.contains("target")) {
      clearTargets();
      column.classList.add("target");
    }
  });
  document.addEventListener("drop", (event) => {
    const column = columnAt(event.target);
    if (!allowed(column)) return;
    event.preventDefault();
    place(column);
    perform(column);
  });
  document.addEventListener("dragend", () => {
    clearTargets();
    if (held && !held.dropped) giveBack();
  });
  // The dialog was left without an answer: Esc, the cross, or "Cancel".
  document.getElementById("dialog").addEventListener("close", giveBack);
  document.addEventListener("htmx:error", giveBack);
  document.addEventListener("htmx:after:swap", (event) => {
    const target = event.detail.ctx?.target;
    const element = typeof target === "string" ? document.querySelector(target) : target;
    if (element?.id !== "page") return;
    held?.place?.remove();
    held = null; // the page was drawn anew: it shows where the card is now
    clearTargets();
  });
}
