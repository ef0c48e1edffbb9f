import { connect, type Db } from "#db/client.ts";
import { requireDatabaseUrl } from "#lib/config.ts";
import { siteAddress } from "#lib/email/site-address.ts";
import { SetupError } from "#lib/errors.ts";
import { makeFirstLead } from "#lib/roles/make-first-lead.ts";
import { recoverLead } from "#lib/roles/recover-lead.ts";
import type { LeadOptions } from "./options.ts";

/** @throws SetupError when there is a lead already, and no reason to make one all the same */
export async function runLead(options: LeadOptions): Promise<void> {
  const { email, locale } = options;
  // Asked first: without the site's address there is nowhere to send anyone.
  const signIn = siteAddress("/sign-in", locale);
  const { sql, db } = connect(requireDatabaseUrl(), { max: 1 });
  try {
    for (const line of await change(options, db)) console.log(line);
  } finally {
    await sql.end();
  }
  console.log(`What comes next:
  1. They open ${signIn} and sign in as ${email}, by the link in the mail.
  2. They set up a second factor; without one the role does not count.
  3. They give roles to others at /moderation/people. A second lead makes the site safer:
     from then on every change of roles takes two.`);
}

async function change({ email, locale, recovery }: LeadOptions, db: Db): Promise<string[]> {
  if (recovery === null) {
    if (await makeFirstLead({ email, locale }, db)) return [`${email} is the first lead.`];
    throw new SetupError(
      "There is a lead already: leads give roles at /moderation/people.\n" +
        'If no lead gets in any more: --recover "Why this is done". --help says more.',
    );
  }
  const gone = await recoverLead({ email, locale, ...recovery }, db);
  return [
    `${email} is a lead, and begins with a new second factor.`,
    ...gone.map((other) => `${other} is a lead no more.`),
  ];
}
