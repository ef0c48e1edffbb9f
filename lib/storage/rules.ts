/**
 * Refs are ours alone, and nothing of them is ever typed by a person: two or three plain words with
 * slashes between them, and an ending where browsers need one.
 */
const refShape = /^[a-z]{1,20}(?:\/[a-z0-9-]{1,64}){1,2}(?:\.(?:avif|webp|jpg))?$/;
const prefixShape = /^[a-z]{1,20}\/$/;

export function isRef(ref: string): boolean {
  return refShape.test(ref);
}

/** Such as `evidence/`. */
export function isPrefix(prefix: string): boolean {
  return prefixShape.test(prefix);
}
