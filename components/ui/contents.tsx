type ContentsProps = { label: string; parts: readonly { id: string; name: string }[] };

/** The parts of a long page, as links to them. */
export function Contents({ label, parts }: ContentsProps) {
  return (
    <nav className="contents" aria-label={label}>
      <ul>
        {parts.map(({ id, name }) => (
          <li key={id}>
            <a href={`#${id}`}>{name}</a>
          </li>
        ))}
      </ul>
    </nav>
  );
}
