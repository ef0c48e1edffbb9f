import { randomBytes } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";

const MOST_KEPT = 200;

const caughtMail = z.object({
  to: z.string(),
  from: z.string(),
  subject: z.string(),
  text: z.string(),
  html: z.string(),
  /** ISO 8601 */
  receivedAt: z.iso.datetime(),
});

export type CaughtMail = z.output<typeof caughtMail>;

/** Keeps a mail of the demo as a file of its own, for the user of this process alone. */
export function keepCaughtMail(dataDir: string, mail: CaughtMail): void {
  const folder = folderIn(dataDir);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const name = `${mail.receivedAt.replaceAll(":", "-")}-${randomBytes(4).toString("hex")}`;
  const draft = join(folder, `${name}.draft`);
  writeFileSync(draft, JSON.stringify(mail), { mode: 0o600, flag: "wx" });
  renameSync(draft, join(folder, `${name}.json`));
  for (const old of namesIn(folder).slice(MOST_KEPT)) rmSync(join(folder, old), { force: true });
}

/** Newest first. */
export function listCaughtMails(dataDir: string): CaughtMail[] {
  const folder = folderIn(dataDir);
  return namesIn(folder).flatMap((name) => {
    try {
      return caughtMail.parse(JSON.parse(readFileSync(join(folder, name), "utf8")));
    } catch {
      // Taken away in the meantime by the one who keeps only the newest.
      return [];
    }
  });
}

const folderIn = (dataDir: string) => join(dataDir, "mails");

/** Their names begin with the moment they came, so that they sort by it. */
function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder)
      .filter((name) => name.endsWith(".json"))
      .sort()
      .reverse();
  } catch {
    return [];
  }
}
