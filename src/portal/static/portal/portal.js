// What a page does better with JavaScript; it does all of its work without.
"use strict";

function reveal(root) {
  for (const button of root.querySelectorAll("[data-copy], [data-print]")) button.hidden = false;
}

function announce(words) {
  document.getElementById("announcement").textContent = words;
}

async function copy(button) {
  const field = document.getElementById(button.dataset.copy);
  field.select();
  try {
    await navigator.clipboard.writeText(field.value);
  } catch {
    document.execCommand("copy");
  }
  announce(button.dataset.done);
  button.classList.add("done");
}

// A prior study's name in the choices of the courses follows what is typed above.
function renameStudy(card) {
  const id = card.querySelector("input[type=hidden][name$='.id']").value;
  const level = card.querySelector("select[name$='.level']");
  const number = card.querySelector(".count").textContent;
  const words = [
    level.value && level.selectedOptions[0].text,
    card.querySelector("input[name$='.institution']").value.trim(),
  ].filter(Boolean).join(", ");
  if (!words) return;
  for (const option of document.querySelectorAll("select[name$='.study'] option")) {
    if (option.value === id) option.text = `${number}. ${words}`;
  }
}

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-copy], [data-print]");
  if (!button) return;
  if ("print" in button.dataset) window.print();
  else copy(button);
});

document.addEventListener("input", (event) => {
  const card = event.target.closest(".study");
  if (card) renameStudy(card);
});

// What is typed while a form is on its way is carried over into the form that comes back in its place.
function stateOf(control) {
  return control.type === "checkbox" || control.type === "radio" ? control.checked : control.value;
}

function typing(form) {
  return [...form.elements].filter((control) => control.name && control.matches("input:not([type=hidden], [type=file]), select, textarea"));
}

document.addEventListener("htmx:beforeRequest", (event) => {
  const { elt, xhr } = event.detail;
  const form = elt.closest("form#case");
  // Where a row goes, the names of the rows behind it change hands.
  if (form && !elt.value?.startsWith("drop_")) xhr.asSent = new Map(typing(form).map((control) => [control, stateOf(control)]));
});

document.addEventListener("htmx:beforeSwap", (event) => {
  const { xhr } = event.detail;
  if (!xhr.asSent) return;
  xhr.since = [...xhr.asSent].filter(([control, was]) => control.isConnected && stateOf(control) !== was).map(([control]) => control);
  xhr.inUse = xhr.since.find((control) => control === document.activeElement);
});

document.addEventListener("htmx:afterSettle", (event) => {
  const { xhr } = event.detail;
  const { since = [], inUse } = xhr;
  delete xhr.since;
  for (const old of since) {
    const control = [...document.getElementById("case").elements].find((one) => one.id === old.id);
    if (!control) continue;
    if (typeof stateOf(old) === "boolean") control.checked = old.checked;
    else control.value = old.value;
    if (old === inUse) {
      control.focus();
      if (old.selectionStart !== null) control.setSelectionRange?.(old.selectionStart, old.selectionEnd);
    }
    control.dispatchEvent(new Event("input", { bubbles: true }));
  }
});

// On paper the figures stand as a table; checks that are met stay counted, as the printed decision lists them.
window.addEventListener("beforeprint", () => {
  for (const details of document.querySelectorAll("[data-print-open]:not([open])")) {
    details.open = true;
    details.dataset.opened = "";
  }
});

window.addEventListener("afterprint", () => {
  for (const details of document.querySelectorAll("details[data-opened]")) {
    details.open = false;
    delete details.dataset.opened;
  }
});

// Where a menu is wider than the screen, the page that one is on stands in view.
function showCurrent() {
  for (const link of document.querySelectorAll(":is(.nav, .work-nav, .tabs) [aria-current]")) {
    const menu = link.closest(".nav, .tabs, .work-nav > .bounds");
    menu.scrollLeft += link.getBoundingClientRect().right + 16 - menu.getBoundingClientRect().right;
  }
}

document.addEventListener("htmx:afterSettle", (event) => reveal(event.target.parentElement ?? document));
reveal(document);
showCurrent();
