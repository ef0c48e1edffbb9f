export type WriteTo = {
  slug: string;
  name: string;
  /** The key that counts: an age recipient, and its fingerprint. */
  recipient: string;
  fingerprint: string;
};
