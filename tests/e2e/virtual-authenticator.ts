import type { Page } from "@playwright/test";

/** The site by its name: browsers make no passkeys for an address of numbers. */
export function byName(baseURL = ""): string {
  return baseURL.replace("127.0.0.1", "localhost").replace(/\/$/, "");
}

/** A device that keeps passkeys, and says yes in its owner's place unless told not to. */
export async function addAuthenticator(
  page: Page,
  { verifies = true, wraps = false }: { verifies?: boolean; wraps?: boolean } = {},
): Promise<void> {
  const devTools = await page.context().newCDPSession(page);
  await devTools.send("WebAuthn.enable");
  await devTools.send("WebAuthn.addVirtualAuthenticator", {
    options: {
      protocol: "ctap2",
      transport: "internal",
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: verifies,
      automaticPresenceSimulation: true,
      ...(wraps && { ctap2Version: "ctap2_1", hasPrf: true }),
    },
  });
}
