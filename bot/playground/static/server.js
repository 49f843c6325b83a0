// Talking to Baton: ask, post, and hear what changed. Every failure becomes a calm sentence.

const KEPT = "What you wrote is still here.";
const AWAY = `No answer came from Baton. ${KEPT} Look at the messages before you send it again.`;
const ODD = `Baton could not take that in. ${KEPT}`;

/** The JSON at `path`; throws when it cannot be had. */
export async function get(path, query = {}, signal = undefined) {
  const asked = new URLSearchParams(query).toString();
  const response = await fetch(asked ? `${path}?${asked}` : path, { signal });
  if (!response.ok) throw new Error(`${path} answered ${response.status}`);
  return response.json();
}

/** What Baton says to `body`; never throws: a failure is an answer with `error`. */
export async function post(path, body) {
  let response;
  try {
    response = await fetch(path, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(body),
    });
  } catch {
    return { reply: null, error: AWAY };
  }
  const answer = await response.json().catch(() => ({}));
  return response.ok ? answer : { reply: null, error: answer.error ?? ODD };
}

/** Hear of every change until the page is closed, coming back by itself after a pause. */
export function listen({ onChange, onAway, onBack }) {
  const source = new EventSource("api/stream");
  source.addEventListener("open", onBack);
  source.addEventListener("changed", (event) => onChange(JSON.parse(event.data)));
  source.addEventListener("error", () => {
    onAway();
    if (source.readyState === EventSource.CLOSED) setTimeout(listen, 2000, { onChange, onAway, onBack });
  });
}
