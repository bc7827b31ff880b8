// Passwords can be looked at while they are typed; what is shown only once can be copied.

function offer() {
  for (const button of document.querySelectorAll("[data-reveal], [data-copy]")) {
    button.hidden = button.hasAttribute("data-copy") && !navigator.clipboard;
  }
}

function reveal(button) {
  const input = document.getElementById(button.dataset.reveal);
  const shown = input.type === "password";
  input.type = shown ? "text" : "password";
  button.setAttribute("aria-pressed", String(shown));
  input.focus();
}

async function copy(button) {
  const input = document.getElementById(button.dataset.copy);
  input.select();
  await navigator.clipboard.writeText(input.value);
  document.getElementById("announcer").textContent = button.dataset.done;
  button.querySelector("span").textContent = button.dataset.done;
}

export function startSecrets() {
  offer();
  document.addEventListener("htmx:after:swap", offer);
  document.addEventListener("click", (event) => {
    const button = event.target.closest?.("[data-reveal], [data-copy]");
    if (!button) return;
    if (button.dataset.reveal) reveal(button);
    else copy(button);
  });
}
