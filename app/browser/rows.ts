/**
 * Adds and takes away rows without a new page: asks for the same answer that a browser without
 * scripts would get, and puts the rows of it in the place of ours.
 */
export function startRows(): void {
  document.addEventListener("click", (event) => {
    const button = event.target instanceof Element ? event.target.closest("button") : null;
    if (button?.name !== "intent" || !/^(add|remove):/.test(button.value)) return;
    const rows = button.closest<HTMLElement>("[data-rows]");
    const form = button.form;
    if (!rows || !form) return;
    event.preventDefault();
    change(form, rows, button).catch(() => form.requestSubmit(button));
  });
}

async function change(form: HTMLFormElement, rows: HTMLElement, button: HTMLButtonElement) {
  const body = new URLSearchParams();
  for (const [name, value] of new FormData(form, button)) {
    if (typeof value === "string") body.append(name, value);
  }
  const answer = await fetch(form.action, { method: "POST", body });
  if (!answer.ok) throw new Error(String(answer.status));
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const fresh = page.querySelector<HTMLElement>(`[data-rows="${rows.dataset.rows}"]`);
  if (!fresh) throw new Error("no rows");
  rows.replaceWith(fresh);
  const adding = button.value.startsWith("add:");
  const fields = [...fresh.querySelectorAll<HTMLElement>("fieldset[data-row]")];
  const next = adding
    ? fields.at(-1)?.querySelector<HTMLElement>("input, select, textarea")
    : fresh.querySelector("button");
  next?.focus();
  form.dispatchEvent(new Event("input", { bubbles: true }));
}
