/* Sends the page's one form on at once; without it a person presses the button. */
document.querySelector("form[data-onwards]")?.requestSubmit();
