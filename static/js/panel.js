// The panel shows what is new in it: the card that has come, else the step one is at, unless the story is being read.
// Only the panel scrolls.
import { announce } from "./requests.js";

const KEY = "coach-said";

const cards = () => [...document.querySelectorAll("#coach .coach-card")].filter((card) => card.checkVisibility());

let step = "";

function scrollTo(element) {
  const coach = document.getElementById("coach");
  const body = [element.closest(".coach-body"), coach].find((one) => one.scrollHeight > one.clientHeight + 1);
  if (!body) return;
  const room = body.getBoundingClientRect();
  const place = element.getBoundingClientRect();
  if (place.top < room.top) body.scrollTop += place.top - room.top - 8;
  else if (place.bottom > room.bottom)
    body.scrollTop += Math.min(place.bottom - room.bottom + 8, place.top - room.top - 8);
}

/** After the panel was drawn: bring what is new in it into view, and have it read aloud. */
export function showNews() {
  const coach = document.getElementById("coach");
  // What lies folded has shown nothing yet.
  if (!coach?.querySelector(".coach-body")?.checkVisibility()) return;
  const space = location.pathname.split("/")[2];
  const said = JSON.parse(sessionStorage.getItem(KEY) ?? "[]");
  const shown = cards();
  const now = shown.map((card) => `${space} ${card.textContent.trim()}`);
  const fresh = shown.filter((_card, index) => !said.includes(now[index]));
  sessionStorage.setItem(KEY, JSON.stringify(now));
  const current = coach.querySelector('[aria-current="step"]');
  const place = `${space} ${current?.querySelector(".step-title")?.textContent ?? ""}`;
  const isNext = place !== step;
  step = place;
  if (fresh.length) {
    scrollTo(fresh[0]);
    announce(fresh.map((card) => card.textContent.trim()).join(" "));
  } else if (isNext && current && !coach.querySelector("details[open] > .story")?.checkVisibility()) scrollTo(current);
}
