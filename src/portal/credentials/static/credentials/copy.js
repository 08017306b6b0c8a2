// Buttons that copy an address; without a clipboard they stay hidden and the address is selected by hand.
if (navigator.clipboard) {
  for (const button of document.querySelectorAll("button[data-copy]")) {
    button.hidden = false;
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(document.getElementById(button.dataset.copy).textContent.trim());
      const announcement = document.getElementById("announcement");
      if (announcement) announcement.textContent = button.textContent;
      button.classList.add("copied");
    });
  }
}
