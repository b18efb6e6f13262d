// What is typed into a form outlives a sign-in that expired: kept for this tab only, never on disk beyond it, until the form
// was taken, until somebody signs out, or for an hour. Passwords and files are never kept.
export const DRAFT = "panoh-draft:";
const KEPT_MS = 60 * 60 * 1000;
const LEFT_OUT = new Set(["password", "file", "hidden", "submit"]);
// What the writer saw goes back with what they typed: else it would look as if they had seen what others wrote since.
const SEEN = "seen";

function store() {
  try {
    return window.sessionStorage;
  } catch {
    return null;
  }
}

function fields(form) {
  return [...form.elements].filter((field) => field.name && (field.name === SEEN || !LEFT_OUT.has(field.type)));
}

function keyOf(form) {
  return DRAFT + (form.getAttribute("action") || location.pathname);
}

function reader() {
  return document.body.dataset.reader || "";
}

function keep(form) {
  const values = fields(form).map((field) => [field.name, field.value, Boolean(field.checked)]);
  store()?.setItem(keyOf(form), JSON.stringify({ at: Date.now(), by: reader(), values }));
}

function fill(form, values) {
  for (const field of fields(form)) {
    const ticks = field.type === "checkbox" || field.type === "radio";
    const kept = values.find(([name, value]) => name === field.name && (!ticks || value === field.value));
    if (kept && ticks) field.checked = kept[2];
    else if (kept) field.value = kept[1];
  }
}

function restore(form) {
  const key = keyOf(form);
  const kept = JSON.parse(store()?.getItem(key) ?? "null");
  if (!kept) return;
  if (Date.now() - kept.at > KEPT_MS || kept.by !== reader()) {
    store().removeItem(key);
    return;
  }
  const note = form.querySelector("[data-restored]");
  if (form.querySelector("[data-errors]") || !note) return; // the server gave back what was entered
  const seen = form.elements[SEEN]?.value;
  fill(form, kept.values);
  note.hidden = false;
  note.querySelector("button").addEventListener("click", () => {
    store().removeItem(key);
    form.reset();
    if (seen) form.elements[SEEN].value = seen;
    note.hidden = true;
  });
}

export function forgetDrafts() {
  const kept = store();
  if (kept) for (const key of Object.keys(kept)) if (key.startsWith(DRAFT)) kept.removeItem(key);
}

export function keepDrafts() {
  if (!reader()) return; // the sign-in page: what was typed before waits for whoever signs in again
  const said = document.querySelector("[data-taken]");
  if (said) forgetDrafts(); // the step before was taken
  for (const form of document.querySelectorAll("form[data-guard]")) {
    restore(form);
    form.addEventListener("input", () => keep(form));
  }
  for (const form of document.querySelectorAll("form.leave")) form.addEventListener("submit", forgetDrafts);
  for (const link of document.querySelectorAll("form[data-guard] [data-drop]")) link.addEventListener("click", forgetDrafts);
}
