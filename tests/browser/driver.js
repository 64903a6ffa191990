/* Drives the page in a frame, as a person would, and writes what is seen below it as lines of name, tab, value. */
"use strict";
const frame = document.querySelector("iframe");
const lines = [];
let page, view;
const say = (name, value) => lines.push(name + "\t" + String(value).replace(/\s+/g, " ").trim());
const one = (selector) => {
  const found = page.querySelector(selector);
  if (!found) { throw new Error("nothing is " + selector); }
  return found;
};
const every = (selector) => Array.from(page.querySelectorAll(selector));
const seen = (element) => element.getClientRects().length > 0;
const pause = (time) => new Promise((resume) => setTimeout(resume, time));
const press = (key) => (page.activeElement || page.body)
  .dispatchEvent(new view.KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }));
const type = (field, text) => {
  field.focus();
  field.value = text;
  field.dispatchEvent(new view.InputEvent("input", { bubbles: true }));
};
/* Luminances and their ratio: WCAG 2.2, "contrast ratio" and "relative luminance". */
const luminance = (colour) => {
  const part = (value) => (value / 255 <= 0.04045 ? value / 255 / 12.92 : ((value / 255 + 0.055) / 1.055) ** 2.4);
  const [red, green, blue] = colour.match(/[\d.]+/g).map(Number);
  return 0.2126 * part(red) + 0.7152 * part(green) + 0.0722 * part(blue);
};
const contrast = (element) => {
  let ground = element;
  while (ground && view.getComputedStyle(ground).backgroundColor === "rgba(0, 0, 0, 0)") { ground = ground.parentElement; }
  const [one, other] = [view.getComputedStyle(element).color, ground ? view.getComputedStyle(ground).backgroundColor : "rgb(255,255,255)"]
    .map(luminance);
  return (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
};
frame.addEventListener("load", async () => {
  page = frame.contentDocument;
  view = frame.contentWindow;
  try {
    await page.fonts.ready;
    await steps();
    say("done", "yes");
  } catch (error) {
    say("error", error.stack || error);
  }
  document.querySelector("pre").textContent = lines.join("\n");
});
