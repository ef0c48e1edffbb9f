import { hash } from "./draw.ts";

const tailLetters = "23456789abcdefghjkmnpqrstvwxyz";

/**
 * Four letters that look random and differ for each of the first 810,000 generated therapists:
 * multiplying by a number without common factor only shuffles them.
 */
export function tail(id: string): string {
  const number = /^demo-(\d+)$/.exec(id)?.[1];
  const space = tailLetters.length ** 4;
  let rest = number ? (Number(number) * 457_091 + 123_457) % space : hash(id) % space;
  let out = "";
  for (let place = 0; place < 4; place += 1) {
    out += tailLetters.charAt(rest % tailLetters.length);
    rest = Math.floor(rest / tailLetters.length);
  }
  return out;
}
