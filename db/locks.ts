/**
 * Numbers of our advisory locks: two uses of one number would wait for each other and never say so.
 * `auditChain` is also written out in the migrations' SQL.
 */
export const locks = {
  migration: 7267_1967,
  auditChain: 7267_1968,
  reports: 7267_1969,
  index: 7267_1970,
  profileInIndex: 7267_1971,
} as const;
