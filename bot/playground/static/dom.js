// Small tools of the page: elements, lists that keep the focus, moments in words, the status line.
// Words always become text nodes; nothing here reads markup.

/** An element with attributes, listeners (`onclick`) and children; `null` and `false` are left out. */
export function h(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") node.addEventListener(name.slice(2), value);
    else if (value === true) node.setAttribute(name, "");
    else if (value !== false && value != null) node.setAttribute(name, value);
  }
  node.append(...children.flat().filter((child) => child != null && child !== false));
  return node;
}

/**
 * Make `parent` hold exactly `nodes`, touching only what differs. When the focused thing was replaced,
 * focus goes to its successor (the same `data-key`), else to what it stood in.
 */
export function settle(parent, nodes) {
  const held = [];
  for (let at = document.activeElement; at && at !== parent && parent.contains(at); at = at.parentElement) {
    if (at.dataset.key) held.push(at.dataset.key);
  }
  const wanted = new Set(nodes);
  for (const child of [...parent.children]) if (!wanted.has(child)) child.remove();
  nodes.forEach((node, at) => {
    if (parent.children[at] !== node) parent.insertBefore(node, parent.children[at] ?? null);
  });
  if (!held.length || parent.contains(document.activeElement)) return;
  const next = held.map((key) => parent.querySelector(`[data-key="${CSS.escape(key)}"]`)).find(Boolean);
  next?.focus({ preventScroll: true });
}

/** Scroll `frame` just far enough to show `one`, its top first. */
export function reveal(frame, one) {
  const [around, box] = [frame.getBoundingClientRect(), one.getBoundingClientRect()];
  const [over, under] = [box.top - around.top - 12, box.bottom - around.bottom + 12];
  if (under > 0) frame.scrollTop += Math.min(under, over);
  else if (over < 0) frame.scrollTop += over;
}

const shown = new WeakMap();

/** Whether `data` differs from what `node` was last drawn with. */
export function changed(node, data) {
  const said = JSON.stringify(data);
  if (shown.get(node) === said) return false;
  shown.set(node, said);
  return true;
}

const london = (look) => new Intl.DateTimeFormat("en-GB", { timeZone: "Europe/London", ...look });
const moment = london({
  weekday: "short", day: "numeric", month: "short", year: "numeric", hour: "2-digit", minute: "2-digit",
});
const wholeDay = london({ weekday: "long", day: "numeric", month: "long" });

function parts(iso) {
  return Object.fromEntries(moment.formatToParts(new Date(iso)).map(({ type, value }) => [type, value]));
}

/** "Mon 30 Nov 2026, 10:00" in London time. */
export function when(iso) {
  const { weekday, day, month, year, hour, minute } = parts(iso);
  return `${weekday} ${day} ${month} ${year}, ${hour}:${minute}`;
}

/** "Mon 30 Nov, 10:00" */
export function shortly(iso) {
  const { weekday, day, month, hour, minute } = parts(iso);
  return `${weekday} ${day} ${month}, ${hour}:${minute}`;
}

/** "10:00" */
export function hour(iso) {
  const { hour: hours, minute } = parts(iso);
  return `${hours}:${minute}`;
}

/** "Monday 30 November" */
export function day(iso) {
  return wholeDay.format(new Date(iso));
}

/** "1 reply", "2 replies" */
export function count(number, one, many) {
  return `${number} ${number === 1 ? one : many}`;
}

/** Say something calmly at the top of the page; screen readers read it out. */
export function tell(words) {
  const line = document.querySelector("[data-news]");
  line.textContent = "";
  setTimeout(() => (line.textContent = words), 60);
}
