// After a while without input the page is covered until its reader writes the password. What was typed stays in the page
// below, and can be sent afterwards. The server locks by itself as well, so that loading the page anew helps nobody.
const TICK_MS = 5000;
const TELL_MS = 120_000;
const SIGNS = ["input", "keydown", "pointerdown", "scroll", "touchstart"];

export function lockWhenIdle() {
  const cover = document.querySelector("[data-lock]");
  const now = document.querySelector("[data-lock-now]");
  if (!cover || !now) return; // a door shows nothing of anybody
  const after = Number(cover.dataset.after) * 1000;
  const form = cover.querySelector("form[action$='unlock/']");
  const box = form.querySelector("input[type=password]");
  const wrong = form.querySelector("[role=alert]");
  const tabs = new BroadcastChannel("panoh-lock");
  const title = document.title;
  let touched = Date.now();
  let told = Date.now();
  let before = null;

  const isLocked = () => !cover.hidden;
  const others = () => [...document.body.children].filter((one) => one !== cover && one.tagName !== "SCRIPT");

  function send(where, body = new FormData()) {
    body.set("csrfmiddlewaretoken", form.querySelector("[name=csrfmiddlewaretoken]").value);
    const headers = { "X-Requested-With": "XMLHttpRequest" };
    return fetch(where, { method: "POST", body, headers, credentials: "same-origin", redirect: "manual" });
  }

  function show() {
    if (isLocked()) return;
    before = document.activeElement;
    for (const one of others()) one.inert = true;
    document.body.classList.add("is-locked");
    document.title = `${cover.dataset.lockedTitle} · Panoh`;
    cover.hidden = false;
    box.focus();
  }

  function lock() {
    show();
    tabs.postMessage("locked");
    send(now.form.action).catch(() => {}); // the server does it by itself, should the line be down
  }

  function open() {
    cover.hidden = true;
    form.reset();
    wrong.textContent = "";
    document.body.classList.remove("is-locked");
    document.title = title;
    for (const one of others()) one.inert = false;
    touched = told = Date.now();
    before?.focus?.();
  }

  // Typing sends nothing by itself: the server hears now and then that somebody is there.
  function touch() {
    if (isLocked()) return;
    touched = Date.now();
    tabs.postMessage("touched");
    if (touched - told < Math.min(TELL_MS, after / 2)) return;
    told = touched;
    send(form.action.replace("unlock/", "seen/")).catch(() => {});
  }

  function look() {
    if (!isLocked() && Date.now() - touched >= after) lock();
  }

  async function unlock(event) {
    event.preventDefault();
    event.stopPropagation();
    try {
      const answer = await send(form.action, new FormData(form));
      if (answer.status === 204) {
        tabs.postMessage("open");
        open();
        return;
      }
      if (answer.type === "opaqueredirect" || answer.status === 403) return void location.reload(); // the session is over
      wrong.textContent = await answer.text();
    } catch {
      wrong.textContent = wrong.dataset.unreachable;
    }
    box.select();
  }

  form.addEventListener("submit", unlock);
  now.form.addEventListener("submit", (event) => {
    event.preventDefault();
    now.closest("details").open = false;
    lock();
  });
  document.addEventListener("keydown", (event) => {
    if (!event.ctrlKey || !event.shiftKey || event.code !== "KeyL") return;
    event.preventDefault();
    lock();
  });
  tabs.addEventListener("message", ({ data }) => {
    if (data === "touched") touched = Date.now();
    else if (data === "locked") show();
    else if (isLocked()) open();
  });
  for (const sign of SIGNS) document.addEventListener(sign, touch, { capture: true, passive: true });
  for (const back of ["visibilitychange", "focus", "pageshow"]) window.addEventListener(back, look);
  setInterval(look, TICK_MS);
}
