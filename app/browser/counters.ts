/** Counts characters as they are typed; says aloud only when the end is near. */
export function startCounters(): void {
  document.addEventListener("input", ({ target }) => {
    if (target instanceof HTMLTextAreaElement) count(target);
  });
}

function count(field: HTMLTextAreaElement): void {
  const line = document.querySelector<HTMLElement>(`[data-counter="${CSS.escape(field.name)}"]`);
  if (!line) return;
  const max = Number(line.dataset.max);
  const length = [...field.value.trim()].length;
  line.textContent = (line.dataset.template ?? "").replace("{n}", String(length));
  line.classList.toggle("over", length > max);
  line.ariaLive = length > max * 0.9 ? "polite" : "off";
}
