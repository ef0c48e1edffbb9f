import type { MirrorOptions } from "./options.ts";

export const usage = `npm run mirror -- --to FOLDER           writes what readers see now as plain files, for any web server
npm run mirror -- --to FILE --encrypt   the same as a tar.gz, encrypted to BACKUP_RECIPIENT

It holds everybody who is listed, with their contact details, and photos: a list in one piece, such as
the site itself gives nobody. Who is hidden or suspended is not in it, and it does not hide who is
hidden later: write it anew, and take the old one down.`;

export const noRecipient = `BACKUP_RECIPIENT is not set, so nobody could open it. Set the age1… of the key that opens backups,
or leave out --encrypt.`;

export const notEmpty = (folder: string) =>
  `${folder} is not empty. A copy goes into a new or empty folder, so that nobody who is hidden now
stays in it from before.`;

export const notFolder = (path: string) => `${path} is a file. Give a folder, or add --encrypt.`;

export const alreadyThere = (path: string) =>
  `${path} is there already, and nothing is written over. Give it another name.`;

export const notWritable = (path: string, code: string) =>
  `${path} cannot be written (${code}). Run as a user who may, or choose another place.`;

export const notBuilt = `The site is not built here, and a copy is drawn by what is built. First:
  NODE_ENV=production node scripts/build.ts`;

type Done = { asOf: string; therapists: number; pages: number; files: number; seconds: string };

export function doneLines({ to, encrypt }: MirrorOptions, done: Done): string[] {
  return [
    `${to}: ${done.therapists} therapists as of ${done.asOf}, ${done.pages} pages in two languages, ${done.files} files, in ${done.seconds} s.`,
    "It names every listed therapist and how to reach them. Keep it as you keep a backup, until you need it.",
    encrypt
      ? "To look into it: age -d -i KEY FILE | tar -xz -C FOLDER"
      : "Only your user can read it. Before you serve it, hand it to the web server's user.",
  ];
}
