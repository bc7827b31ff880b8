// One key each: "/" to the search field, "n" to the menu of new things, "j" and "k" along a list, "?" for the keys.
import { showInDialog } from "./dialog.js";
import { neighbourRow } from "./lists.js";

const typing = (element) => element?.matches?.("input, textarea, select, [contenteditable='true']");

function showKeys() {
  showInDialog(document.getElementById("keys-words").content.cloneNode(true));
}

const KEYS = {
  "/": () => document.getElementById("search"),
  n: () => {
    const menu = document.getElementById("new-menu");
    if (menu) menu.open = true;
    return menu?.querySelector(".menu-item");
  },
  j: () => step("j"),
  k: () => step("k"),
};

// On a record the keys open its neighbour in the list; on a list they walk the rows.
function step(key) {
  const link = document.querySelector(`.crumb [data-key="${key}"]`);
  if (link) link.click();
  else return document.querySelector(".crumb") ? null : neighbourRow(key === "j" ? 1 : -1);
  return null;
}

export function startShortcuts() {
  const reveal = () => {
    for (const button of document.querySelectorAll("[data-keys][hidden], [data-palette][hidden]")) button.hidden = false;
  };
  reveal();
  document.addEventListener("htmx:after:swap", reveal);
  document.addEventListener("click", (event) => {
    if (event.target.closest?.("[data-keys]")) showKeys();
  });
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
    if (document.getElementById("dialog").open) return;
    if (event.key === "?") {
      event.preventDefault();
      showKeys();
      return;
    }
    const element = KEYS[event.key]?.();
    if (!element) return;
    event.preventDefault();
    element.focus();
    element.select?.();
  });
}
