// The panel between the apps: the concerns, and the ladder of the open one as a picture and in words.

import { changed, h, reveal, shortly } from "./dom.js";
import { get } from "./server.js";
import { PLATFORMS, byUrgency, draw as drawAll, seatOf, store } from "./store.js";

const panel = document.querySelector("[data-ladder]");
const list = panel.querySelector(".concerns");
const picture = panel.querySelector(".picture");
const words = panel.querySelector(".said");

const NONE = "No concern yet. The ladder of one is drawn here: who has the baton, and until when.";
const NOT_THEIRS = "This ladder is shown to people who have a part in it. Sit in the seat of one of them.";

let asked = 0;

/** Draw the panel again; the picture comes when the server has drawn it. */
export async function drawLadder() {
  drawConcerns(byUrgency(store.world.concerns));
  const mine = (asked += 1);
  const found = store.ref && (await fetchLadder(store.ref));
  if (mine !== asked) return;
  if (!store.ref) empty(NONE);
  else if (found) show(found);
  else empty(NOT_THEIRS);
}

/** The ladder as the person last spoken for sees it, or else as the person in the other pane does. */
async function fetchLadder(ref) {
  const [first, second] = [store.active, PLATFORMS.find((platform) => platform !== store.active)];
  for (const seat of [seatOf(first), seatOf(second)].filter(Boolean)) {
    const found = await get("api/ladder", { as: seat.person.id, ref }).catch(() => null);
    if (found?.svg) return found;
  }
  return null;
}

function drawConcerns(concerns) {
  list.hidden = !concerns.length;
  if (!changed(list, [concerns, store.ref])) return;
  const held = list.contains(document.activeElement) && document.activeElement.dataset.concern;
  list.replaceChildren(...concerns.map((concern) => h("li", {}, choiceOf(concern))));
  list.querySelector(`[data-concern="${held}"]`)?.focus();
  const open = list.querySelector("[aria-pressed=true]");
  if (open) reveal(list, open);
}

function choiceOf(concern) {
  const { ref, due, urgent } = concern;
  const onclick = () => {
    store.ref = ref;
    drawAll();
  };
  const look = { type: "button", "data-concern": ref, "aria-pressed": String(ref === store.ref), onclick };
  return h("button", look,
    h("strong", {}, ref),
    h("span", { class: "due" }, due ? `due ${shortly(due)}` : "no clock running"),
    h("span", { class: "about" },
      urgent && h("span", { class: "flag" }, "Urgent"), standing(concern)));
}

/** "Called, stage 2 of 4: Line managers": the stage, then what the title says after the reference. */
function standing({ ref, stage, title }) {
  const said = stage[0].toUpperCase() + stage.slice(1);
  const rest = title.slice(title.indexOf(ref) + ref.length).replace(/^[\s,:]+/, "");
  return rest && rest !== stage ? `${said}, ${rest}` : said;
}

function show({ svg, lines }) {
  words.hidden = !lines.length;
  if (!changed(picture, [svg, lines])) return;
  const drawn = new DOMParser().parseFromString(svg, "image/svg+xml").documentElement;
  picture.replaceChildren(document.importNode(drawn, true));
  words.querySelector("ol").replaceChildren(...lines.map((line) => h("li", {}, line)));
  const baton = picture.querySelector(".rung-now, .baton");
  if (baton) reveal(picture.parentElement, baton);
}

function empty(sentence) {
  words.hidden = true;
  if (changed(picture, sentence)) picture.replaceChildren(h("p", { class: "empty" }, sentence));
}
