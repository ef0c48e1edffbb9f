import type { ReactNode } from "react";

type NoticeProps = { id: string; heading: string; children: ReactNode };

/** Something a person should know before they read on; says it next to what caused it. */
export function Notice({ id, heading, children }: NoticeProps) {
  return (
    <section className="notice" aria-labelledby={id}>
      <h2 id={id}>{heading}</h2>
      {children}
    </section>
  );
}
