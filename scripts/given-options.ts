type Read<T> = T | "help" | { problem: string };

/** What a command was told; null when it was asked for help, or told something else: then it has said so. */
export function givenOptions<T extends object>(read: Read<T>, usage: string): T | null {
  if (read === "help") {
    console.log(usage);
    return null;
  }
  if (!("problem" in read)) return read;
  console.error(`${read.problem}\n\n${usage}`);
  process.exitCode = 1;
  return null;
}
