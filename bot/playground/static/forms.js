// Forms as dialogs, one part at a time.
// Closing one keeps what was typed as a draft, in this page's memory only.

import { h, tell } from "./dom.js";
import { post } from "./server.js";
import { draw, store } from "./store.js";

const YES_NO = [{ value: "yes", label: "Yes" }, { value: "no", label: "No" }];
const FEW = 6; // choices up to here are all shown at once
const SHUT = "Close and keep as a draft";
const INPUTS = { date: "date", datetime: "datetime-local" };

/** Open a form over its pane; `taken(answer, seat)` hears what Baton says once it is sent. */
export function openForm(section, seat, form, taken, typed = {}) {
  const wrong = h("p", { class: "wrong", role: "alert", tabindex: "-1" });
  const fields = form.fields.map((field) => fieldOf(field, typed[field.key] ?? field.value));
  const send = h("button", { class: "lead", "data-submit": true }, form.part < form.parts ? "Next" : "Send");
  const sheet = h("form", { novalidate: true, onsubmit },
    form.lines?.length > 0 && linesOf(form), wrong, fields.map(({ node }) => node),
    h("div", { class: "ends" }, h("button", { type: "button", onclick: () => shut() }, SHUT), send));
  const heading = `${section.dataset.pane}-form`;
  const shut = () => dialog.close();
  const dialog = h("dialog", { class: "form", "data-form": form.id, "aria-labelledby": heading, onclose },
    h("header", {},
      h("h2", { id: heading, tabindex: "-1" }, form.title),
      form.parts > 1 && h("p", { class: "part" }, `Part ${form.part} of ${form.parts}`),
      h("p", { class: "part" }, `As ${seat.person.name}`),
      h("button", { type: "button", class: "shut", "aria-label": SHUT, onclick: shut }, "×")),
    sheet);
  section.append(dialog);
  dialog.showModal();
  (dialog.querySelector(".lines") ?? fields[0]?.focus ?? send).focus();

  function read() {
    const data = new FormData(sheet);
    const answer = ({ key, kind }) => (kind === "choices" ? data.getAll(key) : (data.get(key) ?? ""));
    const all = form.fields.map((field) => [field.key, answer(field)]);
    return Object.fromEntries(all.filter(([, said]) => said.length));
  }

  async function onsubmit(event) {
    event.preventDefault();
    if (dialog.ariaBusy) return;
    dialog.ariaBusy = "true";
    const answer = await post("api/submit", { as: seat.person.id, form: form.id, answers: read() });
    dialog.ariaBusy = null;
    if (!answer.error && !answer.errors) {
      dialog.close("sent");
      return taken(answer, seat);
    }
    wrong.textContent = answer.error ?? "Please look again at what is marked below.";
    const marked = fields.filter(({ key, mark }) => mark(answer.errors?.[key]));
    (marked[0]?.focus ?? wrong).focus();
  }

  function onclose() {
    const drafts = store.drafts.get(seat.person.id) ?? new Map();
    drafts.delete(form.id);
    if (dialog.returnValue !== "sent") {
      drafts.set(form.id, { form, typed: read(), seat });
      tell(`Kept as a draft: ${form.title}`);
    }
    store.drafts.set(seat.person.id, drafts);
    dialog.remove();
    draw();
    if (document.activeElement === document.body) section.querySelector("[data-composer]").focus();
  }
}

/** The lines above the fields: what must be read first, so it takes the focus too. */
function linesOf({ lines, urgent }) {
  return h("div", { class: urgent ? "lines urgent" : "lines", role: "note", tabindex: "-1" },
    urgent && h("p", { class: "flag" }, "Read this first"), lines.map((line) => h("p", {}, line)));
}

/** One question: its node, what takes the focus, and how to mark it as wrong. */
function fieldOf(field, value) {
  const id = `field-${field.key}`;
  const fault = h("p", { class: "wrong", id: `${id}-wrong`, hidden: true });
  const hint = field.hint && h("p", { class: "hint", id: `${id}-hint` }, field.hint);
  const input = inputOf(field, id, value ?? "");
  const asked = [field.ask, h("span", { class: "need" }, field.required ? " (needed)" : " (if you can)")];
  const grouped = input.matches("div");
  const described = [hint && `${id}-hint`, `${id}-wrong`].filter(Boolean).join(" ");
  const node = grouped
    ? h("fieldset", { class: "field", "aria-describedby": described },
        h("legend", {}, asked), hint, input, fault)
    : h("div", { class: "field" }, h("label", { for: id }, asked), hint, input, fault);
  if (!grouped) input.setAttribute("aria-describedby", described);
  const focus = grouped ? input.querySelector("input") : input;
  function mark(sentence = "") {
    fault.textContent = sentence;
    fault.hidden = !sentence;
    const marked = grouped ? [...input.querySelectorAll("input")] : [input];
    for (const one of marked) one.ariaInvalid = String(Boolean(sentence));
    return Boolean(sentence);
  }
  return { key: field.key, node, focus, mark };
}

function inputOf({ key, kind, choices = [], required }, id, value) {
  const basics = { id, name: key, "aria-required": required ? "true" : null };
  switch (kind) {
    case "long":
      return h("textarea", { ...basics, rows: "4" }, value);
    case "yes_no":
      return boxes("radio", key, choices.length ? choices : YES_NO, [value]);
    case "choices":
      return boxes("checkbox", key, choices, [value].flat());
    case "choice":
      if (choices.length <= FEW) return boxes("radio", key, choices, [value]);
    // falls through: many choices read better as a list, as people do
    case "person":
      return h("select", basics, h("option", { value: "" }, "Choose…"),
        choices.map((one) => h("option", { value: one.value, selected: one.value === value }, one.label)));
    default:
      return h("input", { ...basics, type: INPUTS[kind] ?? "text", autocomplete: "off",
        value: kind === "datetime" ? value.slice(0, 16) : value });
  }
}

function boxes(type, key, choices, chosen) {
  const box = ({ value, label }) =>
    h("label", {},
      h("input", { type, name: key, value, checked: chosen.includes(value) }), h("span", {}, label));
  return h("div", { class: choices.length > 2 ? "boxes" : "boxes pair" }, choices.map(box));
}
