import type { ReactNode } from "react";
import type { Page } from "../ui/page.ts";
import type { GuidePart, GuidePoint } from "./parts.ts";

type GuideSectionProps = {
  page: Page;
  part: GuidePart;
  lead?: string;
  points?: readonly GuidePoint[];
  /** For the numbers that some points name. */
  values?: Record<string, number>;
  /** Statutes and cases, as lawyers cite them. */
  sources?: string;
  children?: ReactNode;
};

/** A part of the guide: short points, each with a name to find it by, and what they rest on. */
export function GuideSection(props: GuideSectionProps) {
  const { page, part, lead, points = [], values, sources, children } = props;
  const { t } = page;
  return (
    <section aria-labelledby={part}>
      <h2 id={part}>{t(`guide.part.${part}`)}</h2>
      {lead && <p>{lead}</p>}
      {points.length > 0 && (
        <dl>
          {points.map((point) => (
            <div key={point}>
              <dt>{t(`${point}.name`)}</dt>
              <dd>{t(`${point}.text`, values)}</dd>
            </div>
          ))}
        </dl>
      )}
      {children}
      {sources && <p className="cited">{t("guide.sources", { list: sources })}</p>}
    </section>
  );
}
