import type { RestoreFault } from "#lib/backups/rules.ts";

export const usage = `npm run restore -- --from FILE --identity KEYFILE
    brings a backup back into an empty database, and checks it against itself
    --ledger FILE       the newest ledger, where BACKUP_LEDGER does not say where it lies
    --without-ledger    when it is lost: no document can be opened any more, and accounts that were
                        deleted since come back

KEYFILE is the secret half of BACKUP_RECIPIENT. MASTER_KEY must be that of the site that was backed up.`;

export const noLedger = `Where is the ledger? Set BACKUP_LEDGER, or add --ledger FILE. It says what went after the
backup was taken. If it is lost, say --without-ledger: then no document can be opened any more.`;

/** What is wrong, and what to do. Nothing was changed in the database. */
export const faultWords: Record<RestoreFault, string> = {
  "not-empty": `This database is not empty. A restore goes into an empty one and nowhere else, so that nothing is
mixed or lost. Make one, for example: createdb -O owner parasol_restored, and name it in DATABASE_URL
(or set another DATA_DIR for an embedded one).`,
  "not-a-backup": "This is no backup of ours, or of a form that this release does not know.",
  "wrong-identity": "The key does not open it: it was encrypted to another recipient.",
  damaged: "It is damaged: from some point on it is not as it was written. Take another copy.",
  "cut-off": "It is cut off: its end is missing. Take another copy.",
  "newer-release": `The backup was taken by a newer release than this one. Check out that release or a later one, and
restore again.`,
  "other-release": `The backup's migrations are not those of this release, nor of one before it. Check out the release
that took it.`,
  "other-master-key": `MASTER_KEY is not that of the site that was backed up, so nothing sealed could be opened. Set it. With
an embedded database: write it into master.key in DATA_DIR. If the key was changed since: leave the new one
in MASTER_KEY, set the one of then as MASTER_KEY_BEFORE, restore, and then npm run rotate-key.`,
  "ledger-older": `The ledger is older than the backup. Take the newest: an old one would bring back what was destroyed.`,
  "ledger-of-another": `The ledger belongs to another site: it was written with another MASTER_KEY. If the key was changed between
backup and ledger, set both: the newer as MASTER_KEY, the older as MASTER_KEY_BEFORE.`,
  "chain-not-well": "The audit chain is not the one that was backed up.",
  "counts-differ": "Not all of it arrived. Take another copy.",
};
