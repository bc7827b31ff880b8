// The columns of a list are put in order with two buttons each, by mouse, finger or key alike; what is ticked moves up
// among what is shown. Without script the order stays as it is, and the choice works all the same.
import { announce } from "./requests.js";

function reveal() {
  for (const moves of document.querySelectorAll("[data-moves][hidden]")) moves.hidden = false;
}

function move(button) {
  const item = button.closest("li");
  const step = Number(button.dataset.move);
  const neighbour = step < 0 ? item.previousElementSibling : item.nextElementSibling;
  if (!neighbour) return;
  if (step < 0) neighbour.before(item);
  else neighbour.after(item);
  item.scrollIntoView({ block: "nearest" });
  button.focus();
  const place = [...item.parentElement.children].indexOf(item) + 1;
  announce(`${item.textContent.trim()}: ${place}`);
}

export function startColumns() {
  document.addEventListener("htmx:after:swap", reveal);
  reveal();
  document.addEventListener("click", (event) => {
    const button = event.target.closest?.("[data-move]");
    if (button) move(button);
  });
}
