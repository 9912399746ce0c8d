// A button beside everything that is meant to be copied. Without it the text can still be selected.
for (const place of document.querySelectorAll("[data-copy]")) {
  const button = Object.assign(document.createElement("button"), { type: "button", textContent: "Copy" });
  button.className = "copy";
  button.setAttribute("aria-live", "polite");
  const text = (place.dataset.copy || place.textContent).trim();
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(text);
      button.textContent = "Copied";
    } catch {
      getSelection().selectAllChildren(place);
      button.textContent = "Selected";
    }
    setTimeout(() => { button.textContent = "Copy"; }, 2000);
  });
  if (place.tagName === "DD") place.append(" ", button);
  else place.after(button);
}
