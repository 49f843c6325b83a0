// A picture in a message: shown as an image, so that nothing in it can run, and larger when one asks.

import { h } from "./dom.js";

const COLOUR = /var\((--[\w-]+), (#[0-9a-f]{3,8})\)/g;

/** The picture of a message with its words as alternative text, and a button that enlarges it. */
export function pictureOf({ id, title, picture, picture_words: words }) {
  const alt = words ?? title;
  const larger = () => enlarge(title, picture, alt);
  const small = imageOf(picture, { alt });
  small.addEventListener("click", larger);
  return h("figure", { class: "drawn", "data-picture": true }, small,
    h("button", { type: "button", "data-enlarge": true, "data-key": `m${id}/enlarge`, onclick: larger },
      "Enlarge the picture"));
}

function enlarge(title, picture, alt) {
  const shut = () => dialog.close();
  const dialog = h("dialog", { class: "large", "aria-label": title, onclose: () => dialog.remove() },
    h("div", { class: "ends" }, h("button", { type: "button", "data-shut": true, onclick: shut }, "Close")),
    h("div", { class: "whole", tabindex: "0", role: "region", "aria-label": "Picture" },
      imageOf(picture, { alt })));
  document.body.append(dialog);
  dialog.showModal();
}

const shown = new Set();

function imageOf(picture, attributes) {
  const image = h("img", attributes);
  shown.add({ image: new WeakRef(image), picture });
  paint(image, picture);
  return image;
}

/** An image knows nothing of the page around it, so the page's colours are written into it. */
function paint(image, picture) {
  const brush = document.createElement("span");
  brush.hidden = true;
  document.body.append(brush);
  const colour = (_, name, otherwise) => {
    brush.style.color = `var(${name}, ${otherwise})`;
    return getComputedStyle(brush).color;
  };
  image.src = `data:image/svg+xml,${encodeURIComponent(picture.replace(COLOUR, colour))}`;
  brush.remove();
}

function repaint() {
  for (const one of shown) {
    const image = one.image.deref();
    if (image) paint(image, one.picture);
    else shown.delete(one);
  }
}

matchMedia("(prefers-color-scheme: dark)").addEventListener("change", repaint);
new MutationObserver(repaint).observe(document.documentElement, { attributeFilter: ["data-theme"] });
