import { SetupError } from "#lib/errors.ts";

const reasons: Record<string, string> = {
  EACCES: "we have no right to it. Run as the user who owns it, or give another place",
  EPERM: "we have no right to it. Run as the user who owns it, or give another place",
  EROFS: "that disk takes no writing. Give another place",
  ENOENT: "there is no such file or folder. Make the folder, or correct the name",
  ENOTDIR: "a part of the way to it is a file. Correct the name",
  EISDIR: "that is a folder. Add the name of a file",
  ENOSPC: "that disk is full. Make room, or give another place",
  EDQUOT: "that disk is full for us. Make room, or give another place",
};

/** A failure of a file that somebody named, in words; anything else as it was. */
export function fileFault(what: string, path: string, error: unknown): unknown {
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  const reason = reasons[code];
  return reason ? new SetupError(`${what} ${path} (${code}): ${reason}.`) : error;
}
