import {
  browserSupportsWebAuthn,
  type PublicKeyCredentialCreationOptionsJSON,
  type PublicKeyCredentialRequestOptionsJSON,
  startAuthentication,
  startRegistration,
  WebAuthnError,
} from "@simplewebauthn/browser";

/** Brings the passkey buttons to life; what they say stands in the page, in its language. */
export function startPasskeys(): void {
  for (const form of document.querySelectorAll<HTMLFormElement>("form[data-passkey]")) {
    const without = form.querySelector<HTMLElement>("[data-without]");
    if (!browserSupportsWebAuthn()) {
      if (without) without.textContent = form.dataset.unsupported ?? "";
      continue;
    }
    without?.remove();
    form.querySelector("[data-with]")?.removeAttribute("hidden");
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      run(form).catch((error) => say(form, problemOf(error)));
    });
  }
}

type Offer = {
  ceremony: string;
  options: PublicKeyCredentialCreationOptionsJSON & PublicKeyCredentialRequestOptionsJSON;
};

/** Names of problems are those of the `data-` attributes that hold their words. */
class Problem extends Error {}

async function run(form: HTMLFormElement): Promise<void> {
  say(form, "");
  const endpoint = form.dataset.endpoint ?? "";
  const { ceremony, options } = await ask<Offer>(`${endpoint}/options`, {});
  const response =
    form.dataset.passkey === "add"
      ? await startRegistration({ optionsJSON: options })
      : await startAuthentication({ optionsJSON: options });
  const name = new FormData(form).get("name") ?? "";
  const { to } = await ask<{ to: string }>(`${endpoint}/answer`, {
    ceremony,
    response,
    name,
    to: form.dataset.to ?? "",
  });
  location.assign(to);
}

async function ask<T>(address: string, body: object): Promise<T> {
  const answer = await fetch(address, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(body),
  });
  const given = await answer.json();
  if (!answer.ok) throw new Problem(given.problem);
  return given;
}

function problemOf(error: unknown): string {
  if (error instanceof Problem) return error.message;
  const name = error instanceof Error ? error.name : "";
  if (
    error instanceof WebAuthnError &&
    error.code === "ERROR_AUTHENTICATOR_PREVIOUSLY_REGISTERED"
  ) {
    return "known";
  }
  return /^(NotAllowedError|AbortError)$/.test(name) ? "cancelled" : "failed";
}

function say(form: HTMLFormElement, problem: string): void {
  const line = form.querySelector<HTMLElement>("[role=status]");
  const key = problem.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
  if (line) line.textContent = problem ? (form.dataset[key] ?? form.dataset.failed ?? "") : "";
}
