import type { Page } from "../ui/page.ts";
import { Initials } from "./initials.tsx";

type PortraitProps = {
  page: Page;
  name: string;
  photoId: string | null;
  shown: "small" | "large";
};

/** CSS pixels of each side; the files have twice as many. */
const sides = { small: 96, large: 320 } as const;

/** A therapist's photo from our own origin; initials where there is none. */
export function Portrait({ page, name, photoId, shown }: PortraitProps) {
  if (photoId === null) return <Initials name={name} />;
  const side = sides[shown];
  const file = (ending: string) => `/photos/${photoId}/${side * 2}.${ending}`;
  return (
    <picture className={`portrait portrait-${shown}`}>
      <source srcSet={file("avif")} type="image/avif" />
      <source srcSet={file("webp")} type="image/webp" />
      <img
        src={file("jpg")}
        width={side}
        height={side}
        alt={page.t("profile.photoOf", { name })}
        loading={shown === "small" ? "lazy" : undefined}
        decoding="async"
      />
    </picture>
  );
}
