// One chat app of the desk: who sits in it, the places they see, what is said there, and the box to type in.

import { composer } from "./composer.js";
import { changed, h, tell } from "./dom.js";
import { openForm } from "./forms.js";
import { faceOf, messageList } from "./messages.js";
import { post } from "./server.js";
import {
  agencyOf, aside, draw as drawAll, markSeen, newFor, peopleOn, refresh, seatOf, sit, store, touch, unseen,
} from "./store.js";

const NAMES = { slack: "Slack", telegram: "Telegram" };

/** Build the pane of one platform; the answer draws it again. `visible()` says whether anybody can see it. */
export function buildPane(platform, visible) {
  const section = document.querySelector(`[data-pane="${platform}"]`);
  const switcher = h("select", {
    "data-person-switcher": true, id: `${platform}-person`, onchange: onSwitch,
  });
  const agency = h("p", { class: "agency" });
  const places = h("ul", { class: "places" });
  const others = h("div", { class: "others" });
  const place = h("h3", { id: `${platform}-place` });
  const about = h("p", { class: "about" });
  const drafts = h("div", { class: "drafts" });
  const messages = messageList(platform, press);
  const writing = composer(platform, take);
  section.append(h("div", { class: "frame" },
    h("div", { class: "side" },
      h("div", { class: "who" },
        h("h2", { id: `${platform}-title` }, NAMES[platform]), agency,
        h("label", { for: switcher.id }, "You are", h("span", { class: "hidden" }, ` on ${NAMES[platform]}`)),
        switcher),
      h("nav", { "aria-label": `Places on ${NAMES[platform]}` }, places), others),
    h("div", { class: "room" },
      h("header", {}, place, about), messages.list, drafts, writing.form)));
  section.addEventListener("focusin", () => (store.active = platform));

  function onSwitch() {
    sit(platform, switcher.value);
    drawAll();
  }

  function drawSwitcher({ person }) {
    const freshFor = (one) => (one.id === person.id ? 0 : newFor(one).all);
    const people = peopleOn(platform).map((one) => ({ ...one, fresh: freshFor(one) }));
    if (!changed(switcher, [people, person.id])) return;
    const byAgency = Map.groupBy(people, (one) => one.agency);
    switcher.replaceChildren(...[...byAgency].map(([id, members]) =>
      h("optgroup", { label: agencyOf(id)?.name ?? id }, members.map((one) =>
        h("option", { value: one.id, selected: one.id === person.id }, titleOf(one))))));
  }

  function drawPlaces({ person, place: here, places: all }) {
    const shown = all.map(({ id, key, name }) => [id, name, id === here.id, unseen(person, key).length]);
    if (!changed(places, shown)) return;
    const held = places.contains(document.activeElement) && document.activeElement.dataset.place;
    places.replaceChildren(...shown.map(([id, name, current, fresh]) => {
      const alone = id === "private";
      const kind = alone ? "private" : "channel";
      return h("li", {}, h("button", {
        type: "button", "data-place": id, "aria-current": current && "true", class: kind,
        onclick: () => go(id),
      }, faceOf(alone ? null : name), h("span", { class: "name" }, name), badge(fresh)));
    }));
    if (held) places.querySelector(`[data-place="${CSS.escape(held)}"]`)?.focus();
  }

  /** Those elsewhere whom Baton has named or written to: where the baton is now. */
  function drawOthers({ person }) {
    const waiting = peopleOn(platform)
      .filter(({ id }) => id !== person.id)
      .map((one) => ({ id: one.id, name: one.name, ...newFor(one) }))
      .filter(({ theirs }) => theirs)
      .sort((one, other) => other.theirs - one.theirs);
    if (!changed(others, waiting)) return;
    const buttons = waiting.map(({ id, name, theirs, where }) => {
      const onclick = () => {
        sit(platform, id, where);
        drawAll();
        switcher.focus();
      };
      return h("button", { type: "button", "data-person": id, title: `Sit in ${name}'s seat`, onclick },
        h("span", { class: "name" }, name), badge(theirs));
    });
    others.replaceChildren(...(waiting.length ? [h("p", {}, "Also waiting for")] : []), ...buttons);
  }

  function drawDrafts({ person }) {
    const kept = [...(store.drafts.get(person.id)?.values() ?? [])];
    if (!changed(drafts, kept.map(({ form }) => [person.id, form.id]))) return;
    drafts.replaceChildren(...kept.map(({ form, seat, typed }) => {
      const carryOn = () => openForm(section, seat, form, take, typed);
      const throwAway = () => {
        store.drafts.get(person.id).delete(form.id);
        drawAll();
        writing.box.focus();
      };
      return h("p", {}, `Draft: ${form.title}`,
        h("button", { type: "button", onclick: carryOn }, "Carry on"),
        h("button", { type: "button", onclick: throwAway }, "Throw away"));
    }));
  }

  function go(id) {
    sit(platform, seatOf(platform).person.id, id);
    drawAll();
  }

  async function press(message, at, button) {
    if (button.ariaBusy) return;
    button.ariaBusy = "true";
    const seat = seatOf(platform);
    touch(message.buttons[at].ref ?? "");
    const answer = await post("api/press", { as: seat.person.id, message: message.id, button: at });
    button.ariaBusy = null;
    take(answer, seat);
  }

  /** Act on what Baton answered: a form opens, a reply is shown to this person alone, a refusal is said. */
  async function take({ reply, error }, seat) {
    store.active = platform;
    const { message, form } = reply ?? {};
    if (error) aside(seat, { text: error });
    if (message && seat.place.id !== "private") aside(seat, { message });
    if (form) openForm(section, seat, form, take);
    await refresh([seat.place.key, `private:${seat.person.id}`]).catch(() => drawAll());
    if (error) tell(error);
    if (message) tell(`Baton to ${seat.person.name}: ${message.title}`);
  }

  function draw() {
    const seat = seatOf(platform);
    if (!seat) return section.replaceChildren(h("p", { class: "empty" }, `Nobody is on ${NAMES[platform]}.`));
    drawSwitcher(seat);
    agency.textContent = [agencyOf(seat.person.agency)?.name, workOf(seat.person)].filter(Boolean).join(", ");
    place.textContent = seat.place.name;
    about.textContent = seat.place.about;
    section.classList.toggle("alone", seat.place.id === "private");
    messages.draw(seat);
    if (visible()) markSeen(seat.person, seat.place.key);
    drawPlaces(seat);
    drawOthers(seat);
    drawDrafts(seat);
    writing.show(seat);
  }

  return { draw, writing, go };
}

const workOf = ({ roles }) => roles.map((role) => role.replace(/_/g, " ")).join(", ");

function titleOf(one) {
  const name = [one.name, workOf(one)].filter(Boolean).join(", ");
  return one.fresh ? `${name} · ${one.fresh} new` : name;
}

function badge(fresh) {
  return fresh > 0 && h("span", { class: "badge" }, String(fresh), h("span", { class: "hidden" }, " new"));
}
