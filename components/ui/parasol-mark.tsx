/** The drawn sign; it says nothing by itself, so it has no name for screen readers. */
export function ParasolMark() {
  return (
    <svg className="mark" viewBox="0 0 32 32" aria-hidden="true">
      <path
        className="mark-cloth"
        d="M2 17C3 8 9 3 16 3s13 5 14 14c-2-2-5-2-7 0-2-2-5-2-7 0-2-2-5-2-7 0-2-2-5-2-7 0Z"
      />
      <path className="mark-pole" d="M16 17v9c0 4 6 4 6 0M16 3V1" />
    </svg>
  );
}
