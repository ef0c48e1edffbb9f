import { checkEncoding } from "./check-encoding.ts";
import { readSheet } from "./read-sheet.ts";

/**
 * Reads a whole sheet before anything is done with it: what is wrong with it as a whole must not
 * come up half-way. @returns how many rows it has @throws SetupError with what is wrong, and where
 */
export async function checkSheet(path: string): Promise<number> {
  await checkEncoding(path);
  let rows = 0;
  for await (const _ of readSheet(path)) rows += 1;
  return rows;
}
