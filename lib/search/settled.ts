import type { Task } from "meilisearch";

/** How the end of a task is waited for: as long as the node says that it is at it. */
export const patiently = { timeout: 0, interval: 20 };

/** Throws when the node could not do what it was told, so that the job is tried again. */
export async function settled(task: Promise<Task>): Promise<void> {
  const { status, error } = await task;
  if (status !== "succeeded") {
    throw new Error(`Meilisearch task ${status}: ${error?.message ?? "no reason given"}`);
  }
}
