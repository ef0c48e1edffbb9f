export const usage = `npm run backup -- --to FILE                 writes a backup, and the ledger beside it
npm run backup -- --to FILE --ledger FILE   the ledger goes there, not where BACKUP_LEDGER says
npm run backup -- --ledger-only             the ledger alone: cheap, so do it often

Both are encrypted to BACKUP_RECIPIENT. FILE must not be there yet; the ledger is written over.
Letters, their answers, sign-ins and mails on their way are in neither.`;

export const noRecipient = `BACKUP_RECIPIENT is not set: a backup that anybody could read is not written.
  On another machine: age-keygen -o parasol-backups.key
  Keep that file there, and set BACKUP_RECIPIENT to the age1… that it prints.`;

export const noLedger = `Where does the ledger go? Set BACKUP_LEDGER, or add --ledger FILE.
  Without it no document in the backup can ever be opened. Keep it on another disk than the
  backups, where no older versions stay: docs/decisions/0029-backups.md says why.`;

export const alreadyThere = (path: string) =>
  `${path} is there already, and backups are never written over. Give it another name.`;
