// A whole group on one form: find somebody among many, and see how many are ticked.
function shown(words, sought) {
  return words.toLocaleLowerCase().includes(sought);
}

function find(group, sought) {
  let found = 0;
  for (const home of group.querySelectorAll("[data-home]")) {
    let here = 0;
    for (const label of home.querySelectorAll("[data-words]")) {
      label.hidden = !shown(label.dataset.words, sought);
      here += label.hidden ? 0 : 1;
    }
    home.hidden = here === 0;
    found += here;
  }
  group.querySelector("[data-none]").hidden = found > 0;
}

function count(group, place) {
  const boxes = [...group.querySelectorAll("input[type=checkbox]")];
  const ticked = boxes.filter((box) => box.checked).length;
  place.textContent = `${boxes.length - ticked} ${place.dataset.unticked}, ${ticked} ${place.dataset.ticked}`;
}

export function groupForms() {
  for (const group of document.querySelectorAll("[data-group]")) {
    const box = group.querySelector("[data-find]");
    const place = group.closest("form").querySelector("[data-count]");
    box.hidden = false;
    box.querySelector("input").addEventListener("input", (event) => find(group, event.target.value.trim().toLocaleLowerCase()));
    box.addEventListener("keydown", (event) => {
      if (event.key === "Enter") event.preventDefault();
    });
    group.addEventListener("change", () => count(group, place));
    count(group, place);
  }
}

// The services of the settings: folded by kind; whatever is sought opens where it stands.
export function findServices() {
  const box = document.querySelector("[data-services]");
  if (!box) return;
  box.hidden = false;
  box.addEventListener("input", (event) => {
    const sought = event.target.value.trim().toLocaleLowerCase();
    for (const kind of document.querySelectorAll("details[data-home]")) {
      let here = 0;
      for (const entry of kind.querySelectorAll("[data-words]")) {
        entry.hidden = !shown(entry.dataset.words, sought);
        here += entry.hidden ? 0 : 1;
      }
      kind.hidden = here === 0;
      kind.open = sought !== "" && here > 0;
    }
  });
}
