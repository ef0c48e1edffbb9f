/** How registers' numbers are compared: without spaces, signs and case. */
export function foldNumber(number: string): string {
  return number.toUpperCase().replaceAll(/[^\p{L}\p{N}]/gu, "");
}
