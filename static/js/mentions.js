// Typing @ in a note offers the colleagues of the form's own list; without script the list itself is the picker.

const AT = /(^|[\s(])@([\p{L}'’ -]{0,40})$/u;
let box = null;

function names(form) {
  const list = form.querySelector('select[name="mention"]');
  return list ? [...list.options].filter((one) => one.value).map((one) => one.textContent.trim()) : [];
}

function close() {
  box?.remove();
  box = null;
}

function choose(area, name) {
  const before = area.value.slice(0, area.selectionStart).replace(AT, `$1@${name} `);
  const after = area.value.slice(area.selectionStart);
  close();
  area.value = before + after;
  area.focus();
  area.setSelectionRange(before.length, before.length);
}

function offer(area, found) {
  close();
  if (!found.length) return;
  box = document.createElement("div");
  box.className = "mention-list menu-list";
  box.setAttribute("role", "group");
  for (const name of found.slice(0, 6)) {
    const item = document.createElement("button");
    item.type = "button";
    item.className = "menu-item";
    item.textContent = name;
    item.addEventListener("click", () => choose(area, name));
    box.append(item);
  }
  area.after(box);
}

function typed(event) {
  const area = event.target;
  if (area.tagName !== "TEXTAREA") return;
  const people = names(area.form ?? document.createElement("form"));
  if (!people.length) return;
  const asked = AT.exec(area.value.slice(0, area.selectionStart));
  const words = asked?.[2].toLocaleLowerCase().trim();
  const fits = (name) => name.toLocaleLowerCase().split(" ").some((part) => part.startsWith(words)) ||
    name.toLocaleLowerCase().startsWith(words);
  offer(area, asked ? people.filter(fits) : []);
}

function pressed(event) {
  if (!box) return;
  const items = [...box.children];
  const at = items.indexOf(document.activeElement);
  if (event.key === "Escape") {
    event.preventDefault();
    event.stopPropagation();
    const area = box.previousElementSibling;
    close();
    area.focus();
  } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    event.preventDefault();
    const step = event.key === "ArrowDown" ? 1 : -1;
    items[(at + step + items.length) % items.length].focus();
  } else if ((event.key === "Enter" || event.key === "Tab") && at < 0) {
    event.preventDefault();
    items[0].click();
  }
}

export function startMentions() {
  document.addEventListener("input", typed);
  document.addEventListener("keydown", pressed, true);
  document.addEventListener("focusout", (event) => {
    const to = event.relatedTarget;
    if (box && to && !box.contains(to) && to !== box.previousElementSibling) close();
  });
}
