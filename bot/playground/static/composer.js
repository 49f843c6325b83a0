// The box one types in, with completion of slash commands (a combobox with a list of hints).
// Words stay in the box until Baton has taken them, and each person keeps their own in each place.

import { h } from "./dom.js";
import { get, post } from "./server.js";
import { aside, draw, touch, withdraw } from "./store.js";

/** A composer for one pane; `taken(answer, seat)` is told of every answer. */
export function composer(platform, taken) {
  const listId = `${platform}-hints`;
  const box = h("textarea", {
    "data-composer": true, id: `${platform}-composer`, rows: "1", placeholder: "Type / or a message",
    role: "combobox", autocomplete: "off", "aria-autocomplete": "list", "aria-expanded": "false",
    "aria-controls": listId, "aria-describedby": `${platform}-wrong`,
    oninput: () => ask(), onkeydown: onKey, onblur: () => close(),
  });
  const list = h("ul", {
    class: "hints", id: listId, role: "listbox", "aria-label": "What you can type", hidden: true,
  });
  const wrong = h("p", { class: "wrong", id: `${platform}-wrong`, role: "alert" });
  const slash = h("button", {
    type: "button", class: "slash", "aria-label": "Show the commands", onclick: onSlash,
  }, "/");
  const send = h("button", { "data-send": true, class: "lead" }, "Send");
  const row = h("div", { class: "row" }, slash, box, send);
  const form = h("form", { class: "composer", onsubmit }, list, row, wrong);

  const kept = new Map(); // "PERSON@PLACE" -> words not sent yet
  let seat = null;
  let hints = [];
  let chosen = -1;
  let walked = false; // the arrows chose it, so Enter means it even when it is not a completion
  let asking = null;
  let busy = false;

  const keyOf = ({ person, place }) => `${person.id}@${place.id}`;

  /** Sit this person down at the box: their unsent words come back with them. */
  function show(next) {
    const moved = !seat || keyOf(seat) !== keyOf(next);
    if (moved && seat) kept.set(keyOf(seat), box.value);
    seat = next;
    if (!moved) return;
    close();
    wrong.textContent = "";
    box.value = kept.get(keyOf(seat)) ?? "";
    box.setAttribute("aria-label", `Message ${seat.place.name} as ${seat.person.name}`);
  }

  async function ask() {
    asking?.abort();
    const text = box.value;
    if (!text.startsWith("/")) return close();
    asking = new AbortController();
    try {
      const answer = await get("api/hints", { as: seat.person.id, in: seat.place.id, text }, asking.signal);
      open(answer.hints, text);
    } catch {
      // Newer words are being asked about, or Baton is away: typing goes on without hints.
    }
  }

  function open(found, text) {
    if (!found.length || document.activeElement !== box) return close();
    hints = found;
    list.replaceChildren(...hints.map((hint, at) =>
      h("li", { role: "option", id: `${listId}-${at}`, "aria-selected": "false",
        onpointerdown: (event) => event.preventDefault(), onclick: () => take(at) },
        h("span", { class: "insert" }, hint.label), h("span", { class: "about" }, hint.about))));
    list.hidden = false;
    box.setAttribute("aria-expanded", "true");
    choose(completes(hints[0], text) ? 0 : -1);
  }

  function close() {
    asking?.abort();
    hints = [];
    list.hidden = true;
    box.setAttribute("aria-expanded", "false");
    choose(-1);
  }

  function choose(at, byArrow = false) {
    [chosen, walked] = [at, byArrow];
    [...list.children].forEach((option, index) => option.setAttribute("aria-selected", String(index === at)));
    if (at < 0) return box.removeAttribute("aria-activedescendant");
    box.setAttribute("aria-activedescendant", `${listId}-${at}`);
    list.children[at].scrollIntoView({ block: "nearest" });
  }

  /** Put a hint in the box, with room to go on. */
  function take(at) {
    const { insert } = hints[at];
    box.value = insert.endsWith(" ") ? insert : `${insert} `;
    box.setSelectionRange(box.value.length, box.value.length);
    box.focus();
    ask();
  }

  function onKey(event) {
    if (event.isComposing) return;
    const { key, shiftKey } = event;
    const offered = hints.length > 0;
    const ready = chosen >= 0 && (walked || completes(hints[chosen], box.value));
    if (offered && (key === "ArrowDown" || key === "ArrowUp")) {
      const step = key === "ArrowDown" ? 1 : -1;
      const from = chosen < 0 && step < 0 ? 0 : chosen;
      choose((from + step + hints.length) % hints.length, true);
    } else if (offered && key === "Escape") close();
    else if (ready && !shiftKey && (key === "Enter" || key === "Tab")) take(chosen);
    else if (key === "Enter" && !shiftKey) form.requestSubmit();
    else return;
    event.preventDefault();
  }

  function onSlash() {
    begin(box.value.startsWith("/") ? box.value : `/${box.value}`);
  }

  /** Put words in the box and offer what may follow. */
  function begin(words) {
    box.value = words;
    box.focus();
    ask();
  }

  async function onsubmit(event) {
    event.preventDefault();
    const text = box.value;
    if (busy || !text.trim()) return;
    const from = seat;
    busy = true;
    close();
    form.setAttribute("aria-busy", "true");
    const line = aside(from, { text, from: from.person.name });
    draw();
    const answer = await post("api/say", { as: from.person.id, in: from.place.id, text });
    busy = false;
    form.removeAttribute("aria-busy");
    wrong.textContent = answer.error ?? "";
    touch(text);
    if (answer.error) withdraw(from, line);
    else {
      kept.delete(keyOf(from));
      if (keyOf(from) === keyOf(seat) && box.value === text) box.value = "";
    }
    taken({ ...answer, error: null }, from);
  }

  return { form, box, show, begin };
}

/** Whether taking this hint would carry on what is typed; if not, Enter sends what is typed. */
function completes({ insert }, text) {
  const [whole, typed] = [insert.trim().toLowerCase(), text.trim().toLowerCase()];
  return whole !== typed && whole.startsWith(typed);
}
