/** Sends a file with a bar that fills, a way to stop, and a place to drop it. */
export function startUpload(): void {
  showDropPlaces();
  document.addEventListener("submit", (event) => {
    const form = uploadForm(event.target);
    if (!form) return;
    const file = fileField(form)?.files?.[0];
    // Without a file the server says what is missing, next to the field.
    if (!file) return;
    event.preventDefault();
    if (file.size > Number(form.dataset.max)) say(form, form.dataset.tooLarge);
    else send(form);
  });
  for (const name of ["dragenter", "dragover", "dragleave", "drop"]) {
    document.addEventListener(name, (event) => drag(event as DragEvent));
  }
}

function showDropPlaces(): void {
  for (const line of document.querySelectorAll<HTMLElement>("[data-upload] [data-drop]")) {
    line.hidden = false;
  }
}

function drag(event: DragEvent): void {
  const form = uploadForm(event.target);
  const field = form && fileField(form);
  if (!form || !field || !event.dataTransfer?.types.includes("Files")) return;
  event.preventDefault();
  form.classList.toggle("over", event.type === "dragover" || event.type === "dragenter");
  if (event.type !== "drop" || event.dataTransfer.files.length === 0) return;
  field.files = event.dataTransfer.files;
  form.requestSubmit();
}

/** The page that a browser without scripts would get takes the place of this one. */
function send(form: HTMLFormElement): void {
  const request = new XMLHttpRequest();
  const line = form.querySelector<HTMLElement>("[data-progress]");
  const bar = form.querySelector("progress");
  const stop = line?.querySelector("button");
  const busy = (yes: boolean) => {
    if (line) line.hidden = !yes;
    for (const button of form.querySelectorAll<HTMLButtonElement>("button[type=submit]")) {
      button.disabled = yes;
    }
  };
  const ended = (words: string | undefined) => {
    busy(false);
    say(form, words);
  };
  request.upload.addEventListener("progress", ({ loaded, total }) => {
    const percent = Math.floor((loaded / total) * 100);
    if (bar) bar.value = percent;
    say(form, form.dataset.sending?.replace("{percent}", String(percent)));
  });
  request.upload.addEventListener("load", () => say(form, form.dataset.looking));
  request.addEventListener("load", () => {
    if (!show(request.responseText)) ended(form.dataset.failed);
  });
  request.addEventListener("error", () => ended(form.dataset.failed));
  request.addEventListener("abort", () => {
    ended(form.dataset.stopped);
    fileField(form)?.focus();
  });
  stop?.addEventListener("click", () => request.abort(), { once: true });
  request.open("POST", form.action);
  request.send(new FormData(form));
  busy(true);
}

function show(html: string): boolean {
  const fresh = new DOMParser().parseFromString(html, "text/html").querySelector("main");
  if (!fresh) return false;
  document.querySelector("main")?.replaceWith(fresh);
  showDropPlaces();
  const first = fresh.querySelector<HTMLElement>("[data-focus]") ?? fresh;
  first.tabIndex = -1;
  first.focus();
  return true;
}

function say(form: HTMLFormElement, words: string | undefined): void {
  const line = form.querySelector("[data-said]");
  if (line) line.textContent = words ?? "";
}

function uploadForm(target: EventTarget | null): HTMLFormElement | null {
  return target instanceof Element ? target.closest<HTMLFormElement>("form[data-upload]") : null;
}

function fileField(form: HTMLFormElement): HTMLInputElement | null {
  return form.querySelector<HTMLInputElement>("input[type=file]");
}
