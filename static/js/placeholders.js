// A press on a placeholder's name puts it where the cursor stands in the text, or at the end of the text.

const WRITTEN = 'textarea, input[type="text"], input:not([type])';
let last = null;

function put(button) {
  const form = button.form ?? button.closest("form");
  const named = form.elements[button.closest("[data-inserts]").dataset.inserts];
  const field = last?.isConnected && last.form === form ? last : named;
  field.focus();
  field.setRangeText(button.dataset.insert, field.selectionStart, field.selectionEnd, "end");
  field.dispatchEvent(new Event("input", { bubbles: true }));
}

export function startPlaceholders() {
  document.addEventListener("focusout", (event) => {
    if (event.target.matches?.(WRITTEN)) last = event.target;
  });
  document.addEventListener("click", (event) => {
    const button = event.target.closest?.("[data-insert]");
    if (button) put(button);
  });
}
