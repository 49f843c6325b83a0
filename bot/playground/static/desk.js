// The desk: two chat apps with the ladder between them, and the clock, situations, theme and tabs above.

import { changed, h, tell, when } from "./dom.js";
import { drawLadder } from "./ladder.js";
import { buildPane } from "./pane.js";
import { listen, post } from "./server.js";
import {
  PLATFORMS, draw, forget, newFor, onDraw, peopleOn, personOf, recall, refresh, remember, seatOf, sit, store,
} from "./store.js";

const $ = (selector) => document.querySelector(selector);
const main = $("main");
const clock = $("[data-clock]");
const wide = matchMedia("(min-width: 62.5em)");
const seen = (platform) => !document.hidden && (wide.matches || main.dataset.show === platform);
const panes = new Map(PLATFORMS.map((platform) => [platform, buildPane(platform, () => seen(platform))]));

/** Do one thing at a time that moves the whole desk; `said` puts into words what came of it. */
/** Ask for something that takes a while; `then` is done once it came about, before the page is drawn anew. */
async function moving(button, path, body, said, then = () => {}) {
  if (document.body.ariaBusy) return;
  document.body.ariaBusy = "true";
  button.ariaBusy = "true";
  tell("One moment…");
  const answer = await post(path, body);
  if (!answer.error && path === "api/reset") forget();
  store.ref = answer.ref ?? store.ref;
  if (!answer.error) then();
  await refresh().catch(away);
  document.body.ariaBusy = null;
  button.ariaBusy = null;
  const fresh = news();
  tell(answer.error ?? [said(store.world), path === "api/clock" && fresh].filter(Boolean).join(" "));
}

for (const button of document.querySelectorAll("[data-forward]")) {
  button.addEventListener("click", () => {
    const before = store.world?.now;
    const said = ({ now }) =>
      now === before ? "The clock has not moved: nothing is waiting for it." : `It is now ${when(now)}.`;
    moving(button, "api/clock", { forward: button.dataset.forward }, said);
  });
}

/** What came since this was last asked, by place: "New: riverside-council 1, Grace Obi 2." */
function news() {
  const channel = (key) => store.world.channels.find(({ id }) => id === key);
  const name = (key) => (channel(key) ?? personOf(key.replace("private:", "")))?.name;
  const said = [...store.arrived].map(([key, fresh]) => `${name(key)} ${fresh}`).join(", ");
  store.arrived.clear();
  return said && `New: ${said}.`;
}

function drawTop() {
  const { world } = store;
  clock.textContent = when(world.now);
  clock.dateTime = world.now;
  $("[data-partnership]").textContent = world.partnership;
  const { name, version, approved_by: by } = world.pathway;
  const approval = by ? `Approved by ${by}.` : "Not approved locally yet.";
  $("[data-pathway]").textContent = `${name}, version ${version}. ${approval}`;
  for (const platform of PLATFORMS) {
    const seat = seatOf(platform);
    const fresh = seat ? newFor(seat.person).all : 0;
    const badge = h("span", { class: "badge" }, String(fresh), h("span", { class: "hidden" }, " new"));
    const tab = $(`[data-tab="${platform}"]`);
    tab.replaceChildren(tab.firstChild, ...(fresh ? [badge] : []));
  }
  drawSituations(world.situations);
  drawStart();
  if (!document.body.ariaBusy && store.arrived.size) tell(news());
}

const menu = $("#situations");
const opener = $("[popovertarget=situations]");

function drawSituations(situations) {
  opener.hidden = !situations.length;
  if (!changed(menu, situations)) return;
  menu.replaceChildren(...situations.map(({ name, title, about, seats }) => {
    const said = ({ now }) => `Played: ${title}. It is ${when(now)}; now it is your turn.`;
    const take = () => [...PLATFORMS].reverse().forEach((platform) => sit(platform, seats[platform]));
    const onclick = () => {
      menu.hidePopover();
      moving(opener, "api/situation", { name }, said, take);
    };
    const words = [h("strong", {}, title), h("span", {}, about)];
    return h("button", { type: "button", "data-situation": name, onclick }, words);
  }));
}

const ask = $("[data-ask]");
$("[data-reset]").addEventListener("click", () => {
  ask.returnValue = "no";
  ask.showModal();
});
ask.addEventListener("close", () => {
  if (ask.returnValue !== "yes") return;
  moving($("[data-reset]"), "api/reset", {}, ({ now }) => `A fresh start: ${when(now)}.`);
});

const THEMES = ["auto", "light", "dark"];
const toggle = $("[data-theme-toggle]");

function wear(theme) {
  document.documentElement.dataset.theme = theme;
  $("[data-theme-name]").textContent = theme;
  remember("baton.theme", theme);
}

toggle.addEventListener("click", () => {
  const worn = THEMES.indexOf(document.documentElement.dataset.theme);
  wear(THEMES[(worn + 1) % THEMES.length]);
});
wear(THEMES.find((theme) => theme === recall("baton.theme", "auto")) ?? "auto");

const tabs = document.querySelectorAll("[data-tab]");

/** On a narrow screen one view is shown at a time; on a wide one all three are, whatever this says. */
function turnTo(name) {
  main.dataset.show = name;
  for (const tab of tabs) tab.ariaCurrent = tab.dataset.tab === name ? "true" : null;
  if (store.world) draw();
}

for (const tab of tabs) tab.addEventListener("click", () => turnTo(tab.dataset.tab));

const start = $("[data-start]");
let started = recall("baton.started", false);

/** Three steps for a first visit; each can be done from the card itself. */
function drawStart() {
  start.hidden = started;
  const first = peopleOn("slack")[0];
  if (start.hidden || !first || !changed(start, first.id)) return;
  const name = first.name.split(" ")[0];
  const step = (text, label, onclick) =>
    h("li", {}, h("span", {}, text), h("button", { type: "button", onclick }, label));
  start.querySelector("ol").replaceChildren(
    step("See a whole concern unfold, up to where you take over.", "Play a situation", () =>
      opener.click()),
    step(`Be ${name}: type /concern and choose what to do.`, `Sit in ${name}'s seat`, () => {
      sit("slack", first.id);
      turnTo("slack");
      panes.get("slack").writing.begin("/concern ");
    }),
    step("Let nobody answer: move the clock and watch the next call go out.", "Next thing due", () =>
      $("[data-forward=next]").click()));
}

$("[data-start-done]").addEventListener("click", () => {
  start.hidden = started = true;
  remember("baton.started", started);
  main.focus();
});

function away() {
  $("[data-away]").hidden = false;
}

function back() {
  $("[data-away]").hidden = true;
}

onDraw(() => {
  for (const platform of PLATFORMS) panes.get(platform).draw();
  drawTop();
  drawLadder();
});
document.addEventListener("visibilitychange", () => store.world && draw());
wide.addEventListener("change", () => store.world && draw());
turnTo("slack");
refresh().then(back, away);
listen({
  onChange: ({ places }) => refresh(places).then(back, away),
  onAway: away,
  onBack: () => refresh().then(back, away),
});
