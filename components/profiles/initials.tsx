/** Stands in for a picture. The name is beside it, so it has none of its own. */
export function Initials({ name }: { name: string }) {
  const words = name.split(/\s+/).filter((word) => /^\p{L}/u.test(word));
  const letters = [words.at(0), words.length > 1 ? words.at(-1) : undefined]
    .map((word) => [...(word ?? "")].at(0) ?? "")
    .join("");
  return (
    <span className={`initials tint-${(letters.codePointAt(0) ?? 0) % 4}`} aria-hidden="true">
      {letters.toLocaleUpperCase()}
    </span>
  );
}
