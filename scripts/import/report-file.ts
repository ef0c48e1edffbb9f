import { rmSync } from "node:fs";
import { type FileHandle, open } from "node:fs/promises";
import { join, parse } from "node:path";
import { SetupError } from "#lib/errors.ts";
import { safeCell } from "#lib/sheets/rules.ts";

export type ReportFile = {
  path: string;
  add: (row: number, email: string, outcome: string) => Promise<void>;
  close: () => Promise<void>;
};

const longestAddress = 320;

/** A new `people.report.csv` beside `people.csv`, for its owner's eyes: row, address, outcome. */
export async function openReport(sheet: string): Promise<ReportFile> {
  const { dir, name } = parse(sheet);
  const path = join(dir, `${name}.report.csv`);
  const file = await create(path);
  await file.write("row,email,outcome\n");
  return {
    path,
    async add(row, email, outcome) {
      const cells = [String(row), safeCell(email.slice(0, longestAddress)), outcome];
      await file.write(`${cells.join(",")}\n`);
    },
    close: () => file.close(),
  };
}

async function create(path: string): Promise<FileHandle> {
  try {
    rmSync(path, { force: true });
    return await open(path, "wx", 0o600);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new SetupError(`The report ${path} cannot be written (${code}).`);
  }
}
