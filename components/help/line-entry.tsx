import type { ReactNode } from "react";
import type { HelpLine } from "#lib/reference/schema.ts";
import type { Page } from "../ui/page.ts";
import { dial } from "./dial.ts";

type LineProps = { page: Page; line: HelpLine };

/** One help line: what for, how to reach it, and what it may do without a yes. */
export function LineEntry({ page, line }: LineProps) {
  const { t, locale } = page;
  const languages = page.list(line.languages.map((language) => page.term("language", language)));
  return (
    <article className="line" aria-labelledby={line.id}>
      <h3 id={line.id}>{line.name}</h3>
      <p>
        {line.for[locale]}. {line.workerLed && t("help.workerLed")}
      </p>
      <dl className="facts">
        <Fact name={t("help.ways")}>
          <Ways page={page} line={line} />
        </Fact>
        <Fact name={t("help.police.label")}>{t(`help.police.${line.police}`)}</Fact>
        <Fact name={t("help.hours")}>
          {line.hours === "always" ? t("help.always") : line.hours[locale]}
        </Fact>
        <Fact name={t("help.languages")}>
          {line.interpreters ? t("help.interpreters", { languages }) : languages}
        </Fact>
        {line.offBill && <Fact name={t("help.bill")}>{t("help.offBill")}</Fact>}
        {line.note && <Fact name={t("help.note")}>{line.note[locale]}</Fact>}
      </dl>
      {line.confidence !== "high" && <p className="note">{t("help.unsure")}</p>}
    </article>
  );
}

function Ways({ page: { t }, line }: LineProps) {
  const { phone, text, chat, website } = line;
  return (
    <ul className="ways">
      {phone && (
        <li>
          <a href={dial("tel", phone)}>{t("help.call", { number: phone })}</a>
        </li>
      )}
      {text && (
        <li>
          <a href={dial("sms", text.number)}>
            {text.word
              ? t("help.textWord", { word: text.word, number: text.number })
              : t("help.text", { number: text.number })}
          </a>
        </li>
      )}
      {chat && (
        <li>
          <a href={chat} rel="noreferrer external">
            {t("help.chat")}
          </a>
        </li>
      )}
      <li>
        <a href={website} rel="noreferrer external">
          {t("help.website")} <span className="host">({new URL(website).host})</span>
        </a>
      </li>
    </ul>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}
