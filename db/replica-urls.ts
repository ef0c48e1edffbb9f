/** `DATABASE_REPLICA_URL` holds one address or several; a comma inside a password is none of ours. */
export function replicaUrls(setting: string): string[] {
  return setting
    .split(/,\s*(?=postgres(?:ql)?:)/)
    .map((url) => url.trim())
    .filter(Boolean);
}
