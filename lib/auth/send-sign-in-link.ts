import { and, count, eq, gt, lt, sql } from "drizzle-orm";
import { type Db, primary } from "#db/client.ts";
import { verificationTokens } from "#db/schema/accounts.ts";
import { enqueueMail } from "#lib/email/enqueue-mail.ts";
import type { Locale } from "#lib/words/labels.ts";
import { askAuth } from "./ask-auth.ts";
import { firstPage, linkLife } from "./rules.ts";

export type LinkOrder = {
  /** In lower case. */
  address: string;
  /** A path of ours to go on to. */
  to: string;
  locale: Locale;
  /** From `siteOrigin`. */
  origin: string;
};

/**
 * Mails a link to whoever holds an address, known to us or not: they may open an account with it.
 * An address that has had its share gets no more until its links have lapsed, and nobody is told.
 */
export async function sendSignInLink(order: LinkOrder, db: Db = primary()): Promise<void> {
  const { address, locale } = order;
  await db.transaction(async (tx) => {
    await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${address}, 0))`);
    if ((await linksOnTheirWay(address, tx)) >= linkLife.most) return;
    await askAuth(
      {
        method: "POST",
        action: "signin/mail",
        body: { email: address },
        sendLink: ({ token, expires }) =>
          enqueueMail(
            {
              kind: "sign-in",
              to: address,
              personId: null,
              locale,
              params: { url: linkOf(token, order) },
              uselessAfter: expires,
            },
            tx,
          ),
      },
      tx,
    );
  });
}

/** Lapsed links go at once: until then they hold an address that may be a stranger's. */
async function linksOnTheirWay(address: string, db: Db): Promise<number> {
  const now = new Date();
  await db.delete(verificationTokens).where(lt(verificationTokens.expires, now));
  const [row] = await db
    .select({ links: count() })
    .from(verificationTokens)
    .where(and(eq(verificationTokens.identifier, address), gt(verificationTokens.expires, now)));
  return row?.links ?? 0;
}

/** Without the address: links are forwarded, and stand in histories. */
function linkOf(token: string, { to, locale, origin }: LinkOrder): string {
  const link = new URL(`${locale === "en" ? "" : `/${locale}`}/sign-in/confirm`, origin);
  link.searchParams.set("token", token);
  if (to !== firstPage) link.searchParams.set("to", to);
  return link.href;
}
