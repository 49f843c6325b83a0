// The messages of one place, in the manner of its app: threads on Slack, quotes and bubbles on Telegram.

import { count, day, h, hour, reveal, settle, shortly, when } from "./dom.js";
import { pictureOf } from "./picture.js";
import { store, unseen } from "./store.js";

/** A scrolling list of messages. `press(message, index)` is called for a button. */
export function messageList(platform, press) {
  const list = h("div", { class: "roll", tabindex: "0", role: "region" });
  const kept = new Map(); // key -> {said, node}
  let shown = { place: null, keys: new Set() };
  let tall = 0;

  // When the room above or below changes, the last line read stays where it was, as in any chat.
  new ResizeObserver(() => {
    if (tall && list.clientHeight) list.scrollTop += tall - list.clientHeight;
    tall = list.clientHeight;
  }).observe(list);

  /** The node for `key`, made anew only when its data changed, so that focus and scrolling stay. */
  function node(key, data, make) {
    const said = JSON.stringify(data);
    if (kept.get(key)?.said !== said) kept.set(key, { said, node: make() });
    return kept.get(key).node;
  }

  const card = (message, extra = {}) =>
    node(`m${message.id}`, [message, extra], () => cardOf(platform, message, extra, press));

  function thread(root, replies, fresh) {
    const make = () => h("details", { class: "thread", open: true }, h("summary"));
    const details = node(`t${root.id}`, root.id, make);
    const said = `${count(replies.length, "reply", "replies")} · last ${shortly(replies.at(-1).at)}`;
    const cards = replies.map((reply) => card(reply, { late: true }));
    details.firstChild.textContent = said;
    details.firstChild.dataset.key = `t${root.id}`;
    settle(details, [details.firstChild, ...cards]);
    if (replies.some(({ id }) => fresh.has(id))) details.open = true;
    return details;
  }

  function items({ person, place }, fresh) {
    const all = store.messages.get(place.key) ?? [];
    const byId = new Map(all.map((message) => [message.id, message]));
    const rootOf = (message) => (byId.has(message.thread_of) ? rootOf(byId.get(message.thread_of)) : message);
    const threaded = platform === "slack";
    const mine = store.asides.get(`${person.id}@${place.id}`) ?? [];
    const out = [];
    let today = "";
    const put = (at, made) => {
      const date = day(at);
      const divider = () => h("p", { class: "day" }, h("span", {}, date));
      if (date !== today) out.push(node(`d${date}`, date, divider));
      today = date;
      out.push(made);
    };
    const putMine = (after) => {
      for (const own of mine.filter((one) => (byId.has(one.after) ? one.after : null) === after)) {
        const line = () => lineOf(own, person);
        put(own.at, own.message ? card(own.message, { only: true }) : node(own.key, own, line));
      }
    };
    putMine(null);
    for (const message of all) {
      const root = rootOf(message);
      if (threaded && root !== message) {
        putMine(message.id);
        continue;
      }
      put(message.at, card(message, threaded ? {} : { quote: byId.get(message.thread_of)?.title }));
      const replies = threaded ? all.filter((reply) => reply !== message && rootOf(reply) === message) : [];
      if (replies.length) out.push(thread(message, replies, fresh));
      putMine(message.id);
    }
    return out.length ? out : [node("empty", place.id, () => emptyOf(place))];
  }

  /** Draw the place of this seat; new messages come into view, otherwise the scroll stays where it was. */
  function draw(seat) {
    const place = `${seat.person.id}@${seat.place.id}`;
    const moved = place !== shown.place;
    if (moved) kept.clear();
    const fresh = new Set(unseen(seat.person, seat.place.key).map(({ id }) => id));
    list.setAttribute("aria-label", `Messages in ${seat.place.name}`);
    const [top, below] = [list.scrollTop, list.scrollHeight - list.scrollTop - list.clientHeight];
    settle(list, items(seat, fresh));
    list.scrollTop = below < 40 ? list.scrollHeight : top; // an edited card may have another height
    const articles = [...list.querySelectorAll("article")];
    const isNew = (one) => !moved && !shown.keys.has(one.dataset.key);
    const latest = articles.findLast(isNew);
    if (moved) list.scrollTop = list.scrollHeight;
    else if (latest) reveal(list, latest);
    for (const one of articles) one.classList.toggle("fresh", isNew(one));
    const drawn = list.clientHeight ? place : null; // hidden behind a tab: begin anew when it is seen
    shown = { place: drawn, keys: new Set(articles.map((one) => one.dataset.key)) };
  }

  return { list, draw };
}

function cardOf(platform, message, { only, quote, late }, press) {
  const heading = `${platform}-title-${message.id}`;
  const { at } = message;
  return h(
    "article",
    {
      class: ["message", message.urgent && "urgent", only && "only"].filter(Boolean).join(" "),
      "data-message": message.id, "data-key": `m${message.id}`, tabindex: "-1", "aria-labelledby": heading,
    },
    faceOf(),
    h("div", { class: "bubble" },
      h("p", { class: "from" },
        h("strong", {}, "Baton"), h("span", { class: "app" }, "app"),
        h("time", { datetime: at, title: when(at) }, late ? shortly(at) : hour(at)),
        message.edited && h("span", { class: "edited" }, "edited")),
      only && h("p", { class: "eyes" }, "Only visible to you"),
      quote && h("p", { class: "quote" }, quote),
      message.urgent && h("p", { class: "flag" }, "Urgent"),
      h("h4", { id: heading }, message.title),
      message.mentions?.length > 0 &&
        h("p", { class: "mentions" }, message.mentions.map((name) => h("span", {}, `@${name}`))),
      message.lines.map((line) => h("p", { class: "line" }, line)),
      message.picture && pictureOf(message)),
    message.buttons.length > 0 &&
      h("div", { class: "buttons", role: "group", "aria-label": `Answers to ${message.title}` },
        message.buttons.map((button, at) =>
          h("button", {
            type: "button", "data-button": button.label, "data-key": `m${message.id}/${button.label}`,
            onclick: (event) => press(message, at, event.currentTarget),
          }, button.label))),
  );
}

/** A line the person typed, or a sentence only they are shown. */
function lineOf({ key, at, text, from }, person) {
  return h("article", { class: from ? "message own" : "message only", "data-key": key, tabindex: "-1" },
    from ? faceOf(person.name) : faceOf(),
    h("div", { class: "bubble" },
      h("p", { class: "from" },
        h("strong", {}, from ?? "Baton"), h("time", { datetime: at, title: when(at) }, hour(at))),
      !from && h("p", { class: "eyes" }, "Only visible to you"),
      h("p", { class: "line" }, text)));
}

function emptyOf(place) {
  const alone = place.id === "private";
  return h("p", { class: "empty" },
    alone ? "What Baton says to you alone is said here." : "Nothing has been said here yet.",
    h("br"), "Type / to see what you can ask.");
}

/** The round or square face of somebody, or of Baton. */
export function faceOf(name = null) {
  const words = name?.split(/[\s-]+/).filter(Boolean) ?? ["B"];
  const letters = words.slice(0, 2).map((word) => [...word][0].toUpperCase());
  return h("span", { class: name ? "avatar" : "avatar baton", "aria-hidden": "true" }, letters.join(""));
}
