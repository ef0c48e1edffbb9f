/** Why a statement is refused. */
export type Finding = {
  /**
   * `breaks`: the release before would not run on it; a contract note names since when it does.
   * `locks`: it holds up everyone while it looks at each row; a note says that there are few.
   * `never`: there is another way.
   */
  kind: "breaks" | "locks" | "never";
  why: string;
};

export const breaks = (why: string): Finding => ({ kind: "breaks", why });
export const locks = (why: string): Finding => ({ kind: "locks", why });
export const never = (why: string): Finding => ({ kind: "never", why });
