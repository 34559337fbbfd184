// Buttons that copy what stands beside them.
for (const button of document.querySelectorAll("[data-copy]")) {
  const field = button.parentElement.querySelector("input, textarea"), told = button.textContent;
  field.addEventListener("focus", () => field.select());
  button.hidden = !navigator.clipboard;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(field.value);
    button.textContent = button.dataset.done;
    setTimeout(() => { button.textContent = told; }, 2000);
  });
}
