import type { ReactNode } from "react";

/** What a form has just done; read out, and where the keyboard goes on. */
export function SavedNotice({ children }: { children: ReactNode }) {
  return (
    <p className="saved" role="status" data-focus tabIndex={-1}>
      {children}
    </p>
  );
}
