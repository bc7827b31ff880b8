// Menus are <details>: this closes them on a click elsewhere, on Esc, and after a choice; arrows walk their items.

const open = () => document.querySelector("details.menu[open]");

function shut(menu, refocus) {
  menu.open = false;
  if (refocus) menu.querySelector("summary").focus();
}

function walk(event, menu) {
  const items = [...menu.querySelectorAll(".menu-item:not([hidden])")];
  if (!items.length) return;
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  const at = items.indexOf(document.activeElement);
  event.preventDefault();
  items[at < 0 ? (step > 0 ? 0 : items.length - 1) : (at + step + items.length) % items.length].focus();
}

export function startMenus() {
  document.addEventListener("click", (event) => {
    const menu = open();
    if (!menu) return;
    if (!menu.contains(event.target)) shut(menu, false);
    else if (event.target.closest(".menu-item[href], .menu-item[data-keys], .menu-item[data-palette]")) shut(menu, false);
  });
  document.addEventListener("keydown", (event) => {
    const menu = open();
    if (!menu) return;
    if (event.key === "Escape") {
      shut(menu, menu.contains(document.activeElement));
      event.preventDefault();
    } else if (["ArrowDown", "ArrowUp"].includes(event.key) && menu.contains(document.activeElement)) {
      walk(event, menu);
    }
  });
  document.addEventListener("focusout", (event) => {
    const menu = event.target.closest?.("details.menu[open]");
    if (menu && event.relatedTarget && !menu.contains(event.relatedTarget)) shut(menu, false);
  });
}
