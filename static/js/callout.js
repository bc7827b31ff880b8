// What the spotlight says, and the dimmed page around it. Both follow their target, and hide when it is out of sight.

const GAP = 16;
const HALO = 12;
const KEEP_CLEAR =
  "main :is(h1, h2, a, button, label, input, select, textarea), dialog[open] :is(label, input, select, textarea, .hint, " +
  ".field-error, button, a, [role=alert]), .search input, .lookup-list > li, #coach";

let target = null;
let callout = null;
let dim = null;

/** Say `lead` and `reason` beside `element`; `told` (kind and value) is what a player reads. */
export function showCallout(element, told, lead, reason) {
  hideCallout();
  target = element;
  callout = document.createElement("div");
  callout.id = "callout";
  callout.className = "callout";
  callout.popover = "manual";
  Object.assign(callout.dataset, told);
  const first = document.createElement("b");
  first.textContent = lead;
  callout.append(first, reason ? ` ${reason}` : "");
  document.body.append(callout);
  callout.showPopover();
  if (!element.closest("dialog, #coach")) {
    dim = document.createElement("div");
    dim.className = "dim";
    document.body.append(dim);
  }
  follow();
}

export function hideCallout() {
  callout?.remove();
  dim?.remove();
  target = callout = dim = null;
}

function overlap(one, other) {
  const wide = Math.min(one.right, other.right) - Math.max(one.left, other.left);
  const high = Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top);
  return wide > 0 && high > 0 ? wide * high : 0;
}

// What of the target is in sight: within the window, its dialog or panel, clear of the bars that lie over the page.
function isInSight(place) {
  const room = { top: 0, left: 0, right: innerWidth, bottom: innerHeight };
  const box = target.closest("dialog, .coach-body")?.getBoundingClientRect();
  if (box) Object.assign(room, { top: Math.max(0, box.top), bottom: Math.min(innerHeight, box.bottom) });
  const middle = { x: (place.left + place.right) / 2, y: (place.top + place.bottom) / 2 };
  if (middle.y < room.top || middle.y > room.bottom || middle.x < 0 || middle.x > innerWidth) return false;
  const above = document.elementFromPoint(middle.x, middle.y);
  return !above || target.contains(above) || above.contains(target) || !above.closest(".rail, .coach, .topbar");
}

function places(place, wide, high) {
  const left = Math.max(8, Math.min(place.left, innerWidth - wide - 8));
  const box = target.closest("dialog")?.getBoundingClientRect();
  const found = [
    [left, place.bottom + GAP],
    [left, place.top - GAP - high],
    [place.right + GAP, place.top],
    [place.left - GAP - wide, place.top],
  ];
  const list = document.querySelector(".lookup-list:not([hidden])")?.getBoundingClientRect();
  if (list) found.push([left, list.bottom + 8], [left, list.top - 8 - high]); // what was found is to be read
  if (box) {
    found.push([box.right + GAP, place.top], [box.left - GAP - wide, place.top], [left, box.top - 8 - high]);
  }
  return found
    .map(([x, y]) => ({ left: x, top: y, right: x + wide, bottom: y + high }))
    .filter((one) => one.left >= 0 && one.top >= 0 && one.right <= innerWidth && one.bottom <= innerHeight);
}

// The lit place and its halo, with round corners, as a path.
function hole({ left, top, width, height }) {
  const [wide, high, round] = [width + 2 * HALO, height + 2 * HALO, HALO + 8];
  const arc = (x, y) => `a${round} ${round} 0 0 1 ${x} ${y}`;
  const [across, down] = [Math.max(0, wide - 2 * round), Math.max(0, high - 2 * round)];
  return (
    `M${left - HALO + round} ${top - HALO}h${across}${arc(round, round)}v${down}${arc(-round, round)}` +
    `h${-across}${arc(-round, -round)}v${-down}${arc(round, -round)}Z`
  );
}

function follow() {
  if (!target?.isConnected) return;
  const place = target.getBoundingClientRect();
  const isSeen = isInSight(place);
  callout.hidden = !isSeen;
  if (dim) {
    dim.hidden = !isSeen;
    dim.style.clipPath = `path(evenodd, "M0 0H${innerWidth}V${innerHeight}H0Z ${hole(place)}")`;
  }
  if (!isSeen) return;
  const clear = [...document.querySelectorAll(KEEP_CLEAR)]
    .filter((one) => one !== target && !one.contains(target) && one.checkVisibility())
    .map((one) => one.getBoundingClientRect());
  const cost = (spot) => clear.reduce((sum, one) => sum + overlap(spot, one), 0);
  const spots = places(place, callout.offsetWidth, callout.offsetHeight);
  const best = spots.reduce((a, b) => (b && cost(b) < cost(a) ? b : a), spots[0]);
  if (!best) return;
  callout.style.top = `${best.top}px`;
  callout.style.left = `${best.left}px`;
}

let waiting = false;

function soon() {
  if (!target || waiting) return;
  waiting = true;
  requestAnimationFrame(() => {
    waiting = false;
    if (target) follow();
  });
}

export function startCallout() {
  document.addEventListener("scroll", soon, { capture: true, passive: true });
  document.addEventListener("transitionend", soon);
  document.addEventListener("lookup:shown", soon);
  addEventListener("resize", soon);
}
