import type { Page } from "../ui/page.ts";

type KeptFormProps = {
  page: Page;
  why: "signedOut" | "secondFactor" | "away";
  fields: readonly (readonly [string, unknown])[];
};

const ways = {
  signedOut: { to: "/sign-in", words: "forms.kept.signIn" },
  secondFactor: { to: "/sign-in/second-factor", words: "forms.kept.showSecondFactor" },
} as const;

/** Everything that was typed, ready to be sent again once we can take it. */
export function KeptForm({ page, why, fields }: KeptFormProps) {
  const { t, href } = page;
  const texts = fields.flatMap(([name, value]) =>
    typeof value === "string" ? [[name, value]] : [],
  );
  const said = texts.filter(
    ([name, value]) => value && !["version", "intent", "form"].includes(name ?? ""),
  );
  return (
    <div className="prose message">
      <h1>{t(`forms.kept.${why}`)}</h1>
      <p>{t(`forms.kept.${why}Lead`)}</p>
      {texts.length < fields.length && <p>{t("forms.kept.files")}</p>}
      {why !== "away" && (
        <p>
          <a className="button" href={href(ways[why].to)} target="_blank" rel="noopener">
            {t(ways[why].words)}
          </a>
        </p>
      )}
      <form method="post" action={href(page.path)}>
        {texts.map(([name, value], position) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the same field may come twice
          <input key={position} type="hidden" name={name} value={value} />
        ))}
        {said.length > 0 && (
          <details open>
            <summary>{t("forms.kept.typed")}</summary>
            {said.map(([, value], position) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: the same field may come twice
              <p key={position} className="kept">
                {value}
              </p>
            ))}
          </details>
        )}
        <button type="submit">{t("forms.kept.again")}</button>
      </form>
    </div>
  );
}
