// A list of options under a box: one of them may be marked, arrows move the mark, and the box tells a screen reader which.

/** The options of a listbox, in their order. */
export const optionsOf = (list) => [...list.querySelectorAll('[role="option"]')];

/** The option that is marked, or undefined. */
export const markedIn = (list) => optionsOf(list).find((one) => one.getAttribute("aria-selected") === "true");

/** Mark `option` for the box; without one nothing is marked. */
export function mark(box, list, option) {
  for (const one of optionsOf(list)) one.setAttribute("aria-selected", String(one === option));
  if (option) {
    box.setAttribute("aria-activedescendant", option.id);
    option.scrollIntoView({ block: "nearest" });
  } else box.removeAttribute("aria-activedescendant");
}

/** How far an arrow key moves the mark: 1, -1, or undefined for another key. */
export const stepOf = (event) => ({ ArrowDown: 1, ArrowUp: -1 })[event.key];

/** Move the mark by `step`, from the last option on to the first. */
export function move(box, list, step) {
  const found = optionsOf(list);
  const at = found.indexOf(markedIn(list));
  if (found.length) mark(box, list, found[at < 0 && step < 0 ? found.length - 1 : (at + step + found.length) % found.length]);
}
