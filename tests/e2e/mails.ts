import { type APIRequestContext, expect } from "@playwright/test";

export type CaughtMail = { to: string; subject: string; text: string; receivedAt: string };

/** Mails that the demo has sent to an address, newest first. */
export async function mailsTo(request: APIRequestContext, address: string): Promise<CaughtMail[]> {
  const mails: CaughtMail[] = await (await request.get("/demo/mails.json")).json();
  return mails.filter(({ to }) => to === address);
}

/**
 * The newest mail to an address, as soon as there is one more than before.
 * @param after how many there were; `saying` counts only mails that say something
 */
export async function latestMailTo(
  request: APIRequestContext,
  address: string,
  { after = 0, saying = /./ }: { after?: number; saying?: RegExp } = {},
): Promise<CaughtMail> {
  const found = async () =>
    (await mailsTo(request, address)).filter(({ text }) => saying.test(text));
  await expect.poll(async () => (await found()).length, { timeout: 15_000 }).toBeGreaterThan(after);
  const [mail] = await found();
  if (!mail) throw new Error(`no mail to ${address}`);
  return mail;
}

/** The only link in a mail, as a path: the same site may be asked by another name. */
export function linkIn({ text }: CaughtMail): string {
  const { pathname, search } = new URL(/https?:\/\/\S+/.exec(text)?.[0] ?? "");
  return pathname + search;
}
