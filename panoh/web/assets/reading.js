// A report beside what was found in it: the sentence of the item at hand is marked, and single keys decide.
const WRITES_IN = "input:not([type=radio], [type=checkbox], [type=hidden]), textarea, select, [contenteditable]";

function mark(item) {
  for (const one of document.querySelectorAll(".said-here.at-hand")) one.classList.remove("at-hand");
  for (const one of document.querySelectorAll("[data-item].at-hand")) one.classList.remove("at-hand");
  item.classList.add("at-hand");
  const sentence = document.getElementById(item.dataset.sentence);
  const pane = sentence?.closest(".report-text");
  if (!sentence) return;
  sentence.classList.add("at-hand");
  const space = pane.clientHeight - sentence.offsetHeight;
  pane.scrollTop += sentence.getBoundingClientRect().top - pane.getBoundingClientRect().top - Math.max(0, space / 2);
}

function items() {
  return [...document.querySelectorAll("[data-item]")];
}

function go(step) {
  const all = items();
  const at = all.findIndex((item) => item.classList.contains("at-hand"));
  all[Math.min(Math.max(at + step, 0), all.length - 1)]?.focus();
}

function press(event) {
  if (event.repeat || event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target.closest?.(WRITES_IN)) return;
  const key = event.key.toLowerCase();
  if (key === "j" || key === "k") {
    event.preventDefault();
    go(key === "j" ? 1 : -1);
    return;
  }
  const step = document.querySelector(`[data-item].at-hand [data-step="${CSS.escape(key)}"]`);
  if (!step) return;
  event.preventDefault();
  step.click();
}

// After a step the reader stands at the next item that waits; at the same one where it was refused or is corrected.
function settle(event) {
  const item = event.detail.elt;
  if (!item.matches?.("[data-item]")) return;
  const waits = item.matches(".open, .editing");
  const next = waits ? item : (items().slice(items().indexOf(item) + 1).find((one) => one.matches(".open")) ?? item);
  (item.querySelector("[data-errors]") ?? next).focus();
  if (item.matches(".editing")) item.querySelector("form :is(input:not([type=hidden]), textarea, select)")?.focus();
}

export function readReports() {
  if (!document.querySelector("[data-reading]")) return;
  document.addEventListener("focusin", (event) => {
    const item = event.target.closest("[data-item]");
    if (item && !item.classList.contains("at-hand")) mark(item);
  });
  document.addEventListener("click", (event) => {
    const item = event.target.closest("[data-item]");
    if (item) mark(item);
  });
  document.addEventListener("keydown", press);
  document.addEventListener("htmx:load", settle);
}
