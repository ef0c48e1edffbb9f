import type { LetterView } from "#lib/enquiries/queries.ts";
import type { Page } from "../ui/page.ts";

/** All that we know of a letter: sealed words, the day on which they go, and whether it was answered. */
export function SealedLetter({ page, letter }: { page: Page; letter: LetterView }) {
  const { t, href, day } = page;
  const { id, ciphertext, expiresOn, answered } = letter;
  return (
    <li data-letter={id} data-expires-on={expiresOn} data-answered={answered || undefined}>
      <p>
        <span data-until>{t("inbox.thread.until", { day: day(expiresOn) })}</span>{" "}
        <strong>{t(answered ? "inbox.thread.answered" : "inbox.thread.unanswered")}</strong>
      </p>
      <details data-without>
        <summary>{t("inbox.without.text")}</summary>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, by keyboard too */}
        <pre className="sealed-text" tabIndex={0} data-ciphertext>
          {armoured(ciphertext)}
        </pre>
        <form method="post" action={href("/account/messages")}>
          <input type="hidden" name="letter" value={id} />
          <button type="submit" className="outlined" name="intent" value="close">
            {t("inbox.without.delete")}
          </button>
        </form>
      </details>
    </li>
  );
}

/** As `age` reads it. */
function armoured(ciphertext: string): string {
  const lines = ciphertext.match(/.{1,64}/g) ?? [];
  return [
    "-----BEGIN AGE ENCRYPTED FILE-----",
    ...lines,
    "-----END AGE ENCRYPTED FILE-----",
    "",
  ].join("\n");
}
