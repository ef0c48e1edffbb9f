import type { Reach } from "#lib/directory/rules.ts";
import type { PublicProfile } from "#lib/profiles/queries.ts";
import { availabilityOn } from "#lib/profiles/rules.ts";
import type { Page } from "../ui/page.ts";
import { feeWords } from "./fee-words.ts";
import { TermList } from "./term-list.tsx";

type SeeYouProps = { page: Page; profile: PublicProfile; reach: Reach };

/** Can they see you: where you may be, formats, openings, fees; each with its date. */
export function SeeYouSection({ page, profile, reach }: SeeYouProps) {
  const { t } = page;
  return (
    <section aria-labelledby="see-you">
      <h2 id="see-you">{t("profile.canTheySeeYou")}</h2>
      <dl className="facts">
        <div>
          <dt>{t("profile.openings")}</dt>
          <dd>{openingWords(page, profile)}</dd>
        </div>
        <div>
          <dt>{t("profile.whereYouAre")}</dt>
          {whereLines(page, profile, reach).map((line) => (
            <dd key={line}>{line}</dd>
          ))}
        </div>
        {profile.locations.map((room) => (
          <div key={`${room.city} ${room.address}`}>
            <dt>{t("profile.address")}</dt>
            <dd>
              {[room.address, page.place(room.city, room.region), room.postcode]
                .filter(Boolean)
                .join(", ")}
              {room.precision === "area" && <small> {t("profile.precisionArea")}</small>}
              {room.precision === "city" && <small> {t("profile.precisionCity")}</small>}
            </dd>
          </div>
        ))}
        <div>
          <dt>{t("profile.fees")}</dt>
          <dd>{feeWords(page, profile)}</dd>
        </div>
        <TermList page={page} profile={profile} kind="fee" label={null} />
        <TermList page={page} profile={profile} kind="language" label={t("profile.languages")} />
        <TermList page={page} profile={profile} kind="arrangement" label={t("profile.sessions")} />
        <TermList page={page} profile={profile} kind="access" label={t("profile.access")} />
      </dl>
    </section>
  );
}

/** Whether they take new clients, and how lately they said so. */
export function openingWords(page: Page, profile: PublicProfile): string {
  const { t } = page;
  const { status, confirmedLately } = availabilityOn(profile, page.today);
  const date = page.day(profile.confirmedOn);
  const confirmed = t(confirmedLately ? "profile.confirmed" : "profile.notLately", { date });
  if (status === "not-accepting") return `${t("profile.notAccepting")} ${confirmed}`;
  if (status === "not-known") return `${t("profile.notKnown")} ${confirmed}`;
  const ahead = profile.nextOpening !== null && profile.nextOpening > page.today;
  const words = ahead
    ? t("profile.acceptingFrom", { date: page.day(profile.nextOpening ?? page.today) })
    : t("profile.accepting");
  return `${words} ${confirmed}`;
}

/** Only what holds today: a right that ran out yesterday reaches nobody. */
export function whereLines(page: Page, profile: PublicProfile, reach: Reach): string[] {
  const { t } = page;
  const formatsOf = (wanted: "remote" | "room") =>
    Object.entries(reach).flatMap(([region, formats]) => {
      const current = Object.entries(formats)
        .filter(
          ([format, until]) =>
            (format === "in-person") === (wanted === "room") && until >= page.today,
        )
        .map(([format]) => format);
      return current.length > 0 ? [{ region, formats: current }] : [];
    });
  const remote = formatsOf("remote");
  const rooms = new Set(formatsOf("room").map(({ region }) => region));
  const places = (inside: boolean) =>
    profile.locations
      .filter((location) => rooms.has(location.region) === inside)
      .map((location) => page.place(location.city, location.region));
  const seesInPerson = profile.terms.some(
    ({ kind, id }) => kind === "format" && id === "in-person",
  );
  const lines: string[] = [];
  const [first] = remote;
  if (first) {
    const names = first.formats.map((format) => page.term("format", format));
    const formats = page.list(names.map((name, n) => (n === 0 ? name : name.toLocaleLowerCase())));
    const regions = page.list(remote.map(({ region }) => page.region(region)));
    lines.push(t("profile.remoteIn", { formats, regions }));
  }
  if (places(true).length > 0) {
    lines.push(t("profile.inPersonIn", { places: page.list(places(true)) }));
  }
  if (seesInPerson && places(false).length > 0) {
    lines.push(t("profile.inPersonOutside", { places: page.list(places(false)) }));
  }
  return lines.length > 0 ? lines : [t("profile.noReach")];
}
