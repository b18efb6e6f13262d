// A page with data-keys is worked with single keys: each presses what carries the same data-key. A key held down
// presses once, and never where somebody writes.
const WRITES_IN = "input:not([type=radio], [type=checkbox], [type=hidden]), textarea, select, [contenteditable]";
let pressed = false;

function press(event) {
  if (pressed || event.repeat || event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target.closest?.(WRITES_IN)) return;
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  const wanted = [...document.querySelectorAll("[data-key]")].find((one) => one.dataset.key === key);
  if (!wanted) return;
  event.preventDefault();
  pressed = true;
  wanted.click();
}

export function pressByKey() {
  if (!document.querySelector("[data-keys]")) return;
  for (const one of document.querySelectorAll("[data-key]")) one.setAttribute("aria-keyshortcuts", one.dataset.key);
  document.addEventListener("keydown", press);
  window.addEventListener("pageshow", () => {
    pressed = false;
  });
}
