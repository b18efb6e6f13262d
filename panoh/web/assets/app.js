// What the pages do beyond links and forms. Everything works without it; of what is typed it keeps a draft for this tab alone, see drafts.js.
import "@tabler/core/dist/css/tabler.min.css";
import "./look.css";
import "./frame.css";
import "./parts.css";
import "./forms.css";
import "./pairs.css";
import "./lock.css";
import "./pictures.css";
import "./plan.css";
import "./reading.css";
import "./print.css";
import "htmx.org";
import { DRAFT, keepDrafts } from "./drafts.js";
import { guardForms } from "./forms.js";
import { pressByKey } from "./keys.js";
import { lockWhenIdle } from "./lock.js";
import { findServices, groupForms } from "./people.js";
import { readReports } from "./reading.js";

guardForms();
keepDrafts();
groupForms();
findServices();
pressByKey();
lockWhenIdle();
readReports();

// htmx notes the address of the page in the browser's storage; a code is nobody's to find there later.
function keepNoAddress() {
  try {
    for (const key of Object.keys(sessionStorage)) if (!key.startsWith(DRAFT)) sessionStorage.removeItem(key);
  } catch {
    // storage is switched off: nothing was kept
  }
}
keepNoAddress();
window.addEventListener("pagehide", keepNoAddress);

// The reader is brought to what needs mending; after that, to the part of the page that a step replaced.
function bringToErrors(root) {
  root.querySelector("[data-errors]")?.focus();
}
bringToErrors(document);
document.addEventListener("htmx:load", (event) => bringToErrors(event.detail.elt));

// One account menu: it closes when the reader turns elsewhere or presses Escape.
for (const menu of document.querySelectorAll("details[data-menu]")) {
  document.addEventListener("click", (event) => {
    if (!menu.contains(event.target)) menu.open = false;
  });
  menu.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !menu.open) return;
    menu.open = false;
    menu.querySelector("summary").focus();
  });
}

for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}
