import { isUtf8 } from "node:buffer";
import { createReadStream } from "node:fs";
import { open } from "node:fs/promises";
import { createInterface } from "node:readline";
import { SetupError } from "#lib/errors.ts";
import { quoted } from "./rules.ts";

const mostBytes = 200_000_000;
const howTo = "In a spreadsheet program, save it once more as “CSV UTF-8”. Nothing was imported.";

/** Reads a whole file by lines. @throws SetupError with the line and what it may have meant */
export async function checkEncoding(path: string): Promise<void> {
  await checkBeginning(path);
  // Latin-1 keeps every byte as it is, so a line of it can be looked at as bytes again.
  const input = createReadStream(path, { encoding: "latin1" });
  let line = 0;
  for await (const text of createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY })) {
    line += 1;
    const bytes = Buffer.from(text, "latin1");
    if (isUtf8(bytes)) continue;
    const meant = new TextDecoder("windows-1252").decode(bytes);
    throw new SetupError(
      `Line ${line} of the sheet is not UTF-8. Read as Windows-1252 it says ${quoted(meant, 200)}.\n  ${howTo}`,
    );
  }
}

async function checkBeginning(path: string): Promise<void> {
  const { size, beginning } = await beginningOf(path).catch((error: NodeJS.ErrnoException) => {
    throw new SetupError(`The sheet ${quoted(path, 500)} cannot be read (${error.code}).`);
  });
  if (size > mostBytes) throw new SetupError("The sheet is larger than 200 MB. Split it.");
  if (beginning.subarray(0, 2).toString("latin1") === "PK") {
    throw new SetupError(`The sheet is a workbook or an archive, not text.\n  ${howTo}`);
  }
  if (/^(\xff\xfe|\xfe\xff)/.test(beginning.toString("latin1")) || beginning.includes(0)) {
    throw new SetupError(`The sheet is UTF-16, or no text at all.\n  ${howTo}`);
  }
}

async function beginningOf(path: string): Promise<{ size: number; beginning: Buffer }> {
  const file = await open(path);
  try {
    const { size } = await file.stat();
    const { bytesRead, buffer } = await file.read(Buffer.alloc(4096), 0, 4096, 0);
    return { size, beginning: buffer.subarray(0, bytesRead) };
  } finally {
    await file.close();
  }
}
