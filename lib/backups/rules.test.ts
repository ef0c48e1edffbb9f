import { expect, test } from "vitest";
import { standOf } from "./rules.ts";
import { heldTables, leftOutTables } from "./tables.ts";

test.each([
  [["a", "b"], ["a", "b"], "same"],
  [["a"], ["a", "b"], "older"],
  [["a", "b", "c"], ["a", "b"], "newer"],
  [["a", "x"], ["a", "b"], "other"],
  [["x"], ["a", "b"], "other"],
  [["a", "x", "c"], ["a", "b"], "other"],
])("a backup of %j is to %j: %s", (backup, ours, stand) => {
  expect(standOf(backup, ours)).toBe(stand);
});

test("nothing that readers sent, and nothing that lets anybody in, is in a backup", () => {
  expect([...leftOutTables].sort()).toEqual([
    "abuse_notes",
    "address_changes",
    "daily_counts",
    "directory_entries",
    "enquiries",
    "failed_attempts",
    "mails",
    "passkey_challenges",
    "replies",
    "search_nodes",
    "sessions",
    "spent_proofs",
    "verification_tokens",
    "workers",
  ]);
  expect(heldTables).toContain("audit_chain");
});
