// A field that finds courses while one types: arrows move, Enter takes, Escape closes; the server makes the list.
"use strict";

(() => {
  const parts = (field) => {
    const box = field.closest("[data-picklist]");
    return { input: box.querySelector("[role=combobox]"), list: box.querySelector("[role=listbox]") };
  };
  const options = (list) => [...list.querySelectorAll("[role=option]:not([aria-disabled])")];

  function show(field, open) {
    const { input, list } = parts(field);
    list.hidden = !open;
    input.setAttribute("aria-expanded", String(open));
    if (!open) input.removeAttribute("aria-activedescendant");
  }

  function mark(field, option) {
    const { input, list } = parts(field);
    for (const each of options(list)) each.setAttribute("aria-selected", String(each === option));
    if (!option) return;
    input.setAttribute("aria-activedescendant", option.id);
    option.scrollIntoView({ block: "nearest" });
  }

  function take(option) {
    const { input } = parts(option);
    input.value = option.dataset.code;
    input.dispatchEvent(new CustomEvent("picked", { bubbles: true, detail: { ...option.dataset } }));
    show(option, false);
    input.focus();
  }

  document.addEventListener("htmx:afterSwap", (event) => {
    const list = event.target;
    if (list.matches?.("[data-picklist] [role=listbox]") && parts(list).input === document.activeElement) {
      show(list, true);
    }
  });

  document.addEventListener("mousedown", (event) => {
    const option = event.target.closest("[data-picklist] [role=option]:not([aria-disabled])");
    if (!option) return;
    event.preventDefault();
    take(option);
  });

  document.addEventListener("focusout", (event) => {
    if (event.target.matches("[data-picklist] [role=combobox]")) show(event.target, false);
  });

  document.addEventListener("keydown", (event) => {
    if (!event.target.matches("[data-picklist] [role=combobox]")) return;
    const { list } = parts(event.target);
    const all = options(list);
    const now = all.findIndex((each) => each.getAttribute("aria-selected") === "true");
    if (event.key === "Escape") show(event.target, false);
    else if (event.key === "Enter" && !list.hidden && now >= 0) {
      event.preventDefault();
      take(all[now]);
    } else if ((event.key === "ArrowDown" || event.key === "ArrowUp") && all.length) {
      event.preventDefault();
      show(event.target, true);
      const step = event.key === "ArrowDown" ? 1 : -1;
      mark(event.target, all[(now + step + all.length) % all.length] ?? all[0]);
    }
  });
})();
