type SayingsProps = { sayings: Readonly<Record<string, string>> };

/** Words that a script may come to need, in the page's language; nothing of them is shown. */
export function Sayings({ sayings }: SayingsProps) {
  return Object.entries(sayings).map(([name, words]) => (
    <template key={name} data-say={name}>
      {words}
    </template>
  ));
}
