// Nothing that was entered is lost: not by a stray click, not by a line that is down, not by sending twice.
const REACH_SERVER_MS = 8000;
const passed = new WeakSet();
let unsaved = false;

// A small file of ours, asked for afresh, tells whether the server can be reached before the words leave the page.
async function serverAnswers() {
  const probe = document.querySelector('link[rel="icon"]').href;
  try {
    const answer = await fetch(probe, { method: "HEAD", cache: "no-store", signal: AbortSignal.timeout(REACH_SERVER_MS) });
    return answer.ok;
  } catch {
    return false;
  }
}

function sayNotSent(form, isShown) {
  const note = form.querySelector("[data-not-sent]");
  if (!note) return;
  note.hidden = !isShown;
  if (isShown) note.focus();
}

function showBusy(form, isBusy) {
  form.setAttribute("aria-busy", String(isBusy));
  const note = form.querySelector("[data-busy-note]");
  if (note) note.hidden = !isBusy;
}

async function sendWhenReachable(event) {
  const form = event.target;
  if (!form.matches("form[data-guard]") || event.defaultPrevented) return;
  if (passed.has(form)) {
    unsaved = false;
    return;
  }
  event.preventDefault();
  if (form.getAttribute("aria-busy") === "true") return;
  showBusy(form, true);
  if (await serverAnswers()) {
    sayNotSent(form, false);
    passed.add(form);
    form.requestSubmit(event.submitter);
  } else {
    showBusy(form, false);
    sayNotSent(form, true);
  }
}

function startAfresh() {
  for (const form of document.querySelectorAll("form[data-guard]")) {
    passed.delete(form);
    showBusy(form, false);
  }
}

export function guardForms() {
  document.addEventListener("input", (event) => {
    if (event.target.closest("form[data-guard]")) unsaved = true;
  });
  window.addEventListener("beforeunload", (event) => {
    if (unsaved) event.preventDefault();
  });
  document.addEventListener("submit", sendWhenReachable);
  window.addEventListener("pageshow", startAfresh);
}
