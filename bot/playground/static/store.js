// What the page knows: the world, the messages of every place, who sits where, and what each person has seen.
// Only seats and marks of what was seen outlive the page; nothing anybody typed does.

import { get } from "./server.js";

export const PLATFORMS = ["slack", "telegram"];

export const store = {
  world: null,
  messages: new Map(), // place -> messages, oldest first; a private chat is "private:PERSON"
  seats: recall("baton.seats", {}), // platform -> {person, place}
  seen: recall("baton.seen", {}), // person -> place -> id of the last message seen
  asides: new Map(), // "PERSON@PLACE" -> what only this page shows: lines typed, replies only they see
  glanced: new Set(), // ids of private messages already shown as an aside
  drafts: new Map(), // PERSON -> forms put aside, with what was typed in them
  arrived: new Map(), // place -> messages that came since the last news was told
  active: "slack", // the pane last spoken in
  ref: null, // the concern whose ladder is drawn
};

/** What was kept on an earlier visit. */
export function recall(key, otherwise) {
  try {
    return JSON.parse(localStorage.getItem(key)) ?? otherwise;
  } catch {
    return otherwise;
  }
}

/** Keep a small thing for the next visit; a browser that refuses is no matter. */
export function remember(key, value) {
  try {
    localStorage.setItem(key, JSON.stringify(value));
  } catch {
    // Private windows may have no storage: the page works all the same.
  }
}

export const peopleOn = (platform) => store.world.people.filter((person) => person.platform === platform);
export const personOf = (id) => store.world.people.find((person) => person.id === id);
export const agencyOf = (id) => store.world.agencies.find((agency) => agency.id === id);

/** What a person sees: the channels of their platform that include their agency, and their private chat. */
export function placesOf(person) {
  const channels = store.world.channels.filter(
    (channel) => channel.platform === person.platform && channel.agencies.includes(person.agency),
  );
  const names = (channel) => channel.agencies.map((id) => agencyOf(id)?.name ?? id).join(", ");
  return [
    ...channels.map((one) => ({ id: one.id, key: one.id, name: one.name, about: names(one) })),
    {
      id: "private", key: `private:${person.id}`,
      name: "Baton (private)", about: `Only ${person.name} sees this`,
    },
  ];
}

/** The person and place a pane shows, mended when the world has changed under it. */
export function seatOf(platform) {
  const people = peopleOn(platform);
  const held = store.seats[platform] ?? {};
  const person = people.find(({ id }) => id === held.person) ?? people[0];
  if (!person) return null;
  const places = placesOf(person);
  return { person, place: places.find(({ id }) => id === held.place) ?? places[0], places };
}

/** Sit somebody down in a pane, in the same place if they see it. */
export function sit(platform, person, place = seatOf(platform)?.place.id) {
  store.seats = { ...store.seats, [platform]: { person, place } };
  store.active = platform;
  remember("baton.seats", store.seats);
}

/** The messages of a place this person has not looked at yet. */
export function unseen(person, key) {
  const all = store.messages.get(key) ?? [];
  const last = store.seen[person.id]?.[key];
  const after = all.slice(all.findLastIndex(({ id }) => String(id) === last) + 1);
  return after.filter(({ id }) => !store.glanced.has(id));
}

/**
 * How many messages are new for a person (`all`), how many of those are for them alone or name them
 * (`theirs`), and the first place with one of these (`where`).
 */
export function newFor(person) {
  const found = { all: 0, theirs: 0, where: undefined };
  for (const { id, key } of placesOf(person)) {
    const fresh = unseen(person, key);
    const theirs = id === "private" ? fresh : fresh.filter(({ mentions }) => mentions?.includes(person.name));
    found.all += fresh.length;
    found.theirs += theirs.length;
    if (theirs.length) found.where ??= id;
  }
  return found;
}

export function markSeen(person, key) {
  const last = store.messages.get(key)?.at(-1);
  if (!last) return;
  store.seen[person.id] = { ...store.seen[person.id], [key]: String(last.id) };
  remember("baton.seen", store.seen);
}

let made = 0;

/** Show something in this seat and nowhere else, below what stands there now. */
export function aside({ person, place }, shown) {
  const key = `${person.id}@${place.id}`;
  const after = store.messages.get(place.key)?.at(-1)?.id ?? null;
  if (shown.message) store.glanced.add(shown.message.id);
  const one = { key: `aside${(made += 1)}`, after, at: store.world.now, ...shown };
  store.asides.set(key, [...(store.asides.get(key) ?? []), one]);
  return one;
}

export function withdraw({ person, place }, one) {
  const key = `${person.id}@${place.id}`;
  store.asides.set(key, store.asides.get(key).filter((other) => other !== one));
}

/** Forget everything about a world that is no more; seats stay. */
export function forget() {
  for (const kept of [store.messages, store.asides, store.glanced, store.drafts, store.arrived]) kept.clear();
  store.seen = {};
  store.ref = null;
  remember("baton.seen", store.seen);
}

const listeners = [];
export const onDraw = (listener) => listeners.push(listener);
export const draw = () => listeners.forEach((listener) => listener());

let running = null;
let wanted = new Set();

/** Fetch the world and these places (all when none is named), then draw. Calls made meanwhile join in. */
export function refresh(places = null) {
  for (const place of places ?? ["*"]) wanted.add(place);
  running ??= rounds().finally(() => (running = null));
  return running;
}

async function rounds() {
  do {
    const asked = wanted;
    wanted = new Set();
    const world = await get("api/world");
    if (store.world && new Date(world.now) < new Date(store.world.now)) forget(); // begun again elsewhere
    const all = [...world.channels.map(({ id }) => id), ...world.people.map(({ id }) => `private:${id}`)];
    const due = all.filter((key) => asked.has("*") || asked.has(key) || !store.messages.has(key));
    const lists = await Promise.all(due.map(fetchPlace));
    due.forEach((key, at) => arrive(key, lists[at]));
    follow(world.concerns, store.world?.concerns ?? []);
    store.world = world;
    draw();
  } while (wanted.size);
}

/** Take in the messages of a place, counting those that were not there before. */
function arrive(key, messages) {
  const before = store.messages.get(key);
  store.messages.set(key, messages);
  const known = new Set(before?.map(({ id }) => id));
  const fresh = before ? messages.filter(({ id }) => !known.has(id)).length : 0;
  if (fresh) store.arrived.set(key, (store.arrived.get(key) ?? 0) + fresh);
}

function fetchPlace(key) {
  const path = key.startsWith("private:") ? key.replace("private:", "people/") : `channels/${key}`;
  return get(`api/${path}/messages`);
}

/** A new concern opens its ladder; otherwise the open one stays, or the one due soonest takes its place. */
function follow(concerns, before) {
  const known = new Set(before.map(({ ref }) => ref));
  const fresh = concerns.filter(({ ref, stage }) => !known.has(ref) && stage !== "closed");
  if (before.length && fresh.length) store.ref = fresh.at(-1).ref;
  if (!concerns.some(({ ref }) => ref === store.ref)) store.ref = byUrgency(concerns)[0]?.ref ?? null;
}

/** Open concerns first, the soonest due at the top. */
export function byUrgency(concerns) {
  const rank = ({ stage, due }) => (stage === "closed" ? "2" : due ? `1${due}` : "1z");
  return [...concerns].sort((one, other) => rank(one).localeCompare(rank(other)));
}

/** Words a person typed or pressed on: their concern's ladder is the one to draw. */
export function touch(words) {
  const ref = store.world.concerns.find((concern) => words.toUpperCase().includes(concern.ref))?.ref;
  if (ref) store.ref = ref;
}
