// Pages of a paper: one at a time, turned and enlarged by buttons and keys. Without this script they stand one
// under another.
const SIZES = [60, 80, 100, 130, 170, 220];
const KEYS = { ArrowRight: "on", PageDown: "on", ArrowLeft: "back", PageUp: "back", "+": "in", "=": "in", "-": "out", "−": "out" };

function draw(pages) {
  const images = [...pages.querySelectorAll(".page-image")];
  const at = Math.min(Number(pages.dataset.at ?? 0), images.length - 1);
  const size = Number(pages.dataset.size ?? SIZES.indexOf(100));
  images.forEach((image, place) => {
    image.hidden = place !== at;
    if (place === at || place === at + 1) image.loading = "eager";
  });
  const desk = pages.querySelector(".pages-desk");
  desk.className = `pages-desk size-${SIZES[size]}`;
  const place = pages.querySelector("[data-pages-place]");
  const words = place.dataset.words.replace("{n}", at + 1).replace("{all}", images.length);
  if (place.textContent !== words) place.textContent = words;
  const off = { back: at === 0, on: at === images.length - 1, out: size === 0, in: size === SIZES.length - 1 };
  for (const button of pages.querySelectorAll("[data-pages-to]")) {
    button.setAttribute("aria-disabled", String(off[button.dataset.pagesTo]));
  }
  pages.querySelector("[data-pages-bar]").hidden = false;
}

function go(pages, way) {
  const count = pages.querySelectorAll(".page-image").length;
  const at = Number(pages.dataset.at ?? 0);
  const size = Number(pages.dataset.size ?? SIZES.indexOf(100));
  if (way === "on") pages.dataset.at = Math.min(at + 1, count - 1);
  if (way === "back") pages.dataset.at = Math.max(at - 1, 0);
  if (way === "in") pages.dataset.size = Math.min(size + 1, SIZES.length - 1);
  if (way === "out") pages.dataset.size = Math.max(size - 1, 0);
  draw(pages);
  if (way === "on" || way === "back") pages.querySelector(".pages-desk").scrollTop = 0;
}

export function startPages() {
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-pages-to]");
    if (button) go(button.closest("[data-pages]"), button.dataset.pagesTo);
  });
  document.addEventListener("keydown", (event) => {
    const pages = event.target.closest?.("[data-pages]");
    const way = KEYS[event.key];
    if (!pages || !way || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    go(pages, way);
  });
  const lookAgain = () => {
    for (const pages of document.querySelectorAll("[data-pages]")) {
      if (pages.querySelector("[data-pages-bar]").hidden) draw(pages);
    }
  };
  new MutationObserver(lookAgain).observe(document.body, { childList: true, subtree: true });
  lookAgain();
}
