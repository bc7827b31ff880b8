// A short question before something is lost: a dialog of the layout with its words and two answers; Esc means no.

/** Ask what the dialog `id` says; resolves to whether the answer was yes. */
export function ask(id) {
  const box = document.getElementById(id);
  box.returnValue = "";
  box.showModal();
  return new Promise((answered) => {
    box.addEventListener("close", () => answered(box.returnValue === "yes"), { once: true });
  });
}

export function startAsking() {
  for (const box of document.querySelectorAll("dialog.ask")) {
    box.addEventListener("click", (event) => {
      const answer = event.target.closest("[data-answer]");
      if (answer) box.close(answer.dataset.answer);
    });
    // One layer at a time: the dialog beneath must not hear this Esc.
    box.addEventListener("keydown", (event) => {
      if (event.key === "Escape") event.stopPropagation();
    });
  }
}
