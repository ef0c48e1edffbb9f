import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { onTestFinished } from "vitest";
import type { Manners, Wait } from "#lib/registers/fetch-answer.ts";

export type Reply = (response: ServerResponse, request: IncomingMessage) => void;

export type RegisterServer = { url: string; asked: URL[] };

/**
 * A server of this machine for one test, in the place of a register: it gives each of the replies
 * once, and the last one for ever.
 */
export async function registerServer(...replies: readonly Reply[]): Promise<RegisterServer> {
  const asked: URL[] = [];
  const server = createServer((request, response) => {
    const reply = replies[Math.min(asked.length, replies.length - 1)];
    asked.push(new URL(request.url ?? "/", "http://register.example"));
    reply?.(response, request);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  const address = server.address();
  return {
    url: `http://127.0.0.1:${typeof address === "object" ? address?.port : 0}/register`,
    asked,
  };
}

export const says =
  (text: string | Uint8Array, headers: Record<string, string> = {}): Reply =>
  (response) =>
    response.writeHead(200, headers).end(text);

export const saysJson = (value: unknown): Reply =>
  says(JSON.stringify(value), { "content-type": "application/json" });

export const fails =
  (status: number, headers: Record<string, string> = {}): Reply =>
  (response) =>
    response.writeHead(status, headers).end("<h1>Sorry</h1>");

/** Takes the question and never answers. */
export const isSilent: Reply = () => {};

/** Begins, and then says no more. */
export const stalls =
  (text: string): Reply =>
  (response) => {
    response.writeHead(200).write(text);
  };

/** Promises more than it sends, and hangs up. */
export const cutsOff =
  (text: string): Reply =>
  (response) => {
    response.writeHead(200, { "content-length": String(Buffer.byteLength(text) + 100) });
    response.write(text, () => response.destroy());
  };

/** Sends without an end, and without saying how much it will be. */
export const neverEnds =
  (text: string): Reply =>
  (response) => {
    response.writeHead(200);
    const more = () => {
      while (!response.destroyed && response.write(text)) {
        // Until its buffer is full.
      }
    };
    response.on("drain", more).on("error", () => {});
    more();
  };

/** Manners for tests, and a clock that counts instead of waiting. */
export function patience(change: Partial<Manners> = {}): {
  manners: Manners;
  wait: Wait;
  waited: number[];
} {
  const waited: number[] = [];
  return {
    manners: { timeoutMs: 5_000, maxBytes: 1_000_000, tries: 3, perSecond: 1e9, ...change },
    wait: async (ms) => {
      waited.push(ms);
    },
    waited,
  };
}

type Licence = { desc?: string; license?: string | null; state?: string | null };

/** One person as NPPES describes them, with an address that must never be kept. */
export function nppesPerson(
  number: string | number,
  [first, last]: [string, string],
  licences: readonly Licence[] = [],
  otherNames: readonly [string, string][] = [],
) {
  return {
    created_epoch: "1183680000000",
    enumeration_type: "NPI-1",
    last_updated_epoch: "1700000000000",
    number,
    addresses: [
      {
        country_code: "US",
        country_name: "United States",
        address_purpose: "LOCATION",
        address_type: "DOM",
        address_1: "1 CANARY HOME LANE",
        city: "RENO",
        state: "NV",
        postal_code: "895010000",
        telephone_number: "775-555-0100",
      },
    ],
    practiceLocations: [],
    basic: {
      first_name: first,
      last_name: last,
      middle_name: "Q",
      credential: "LMFT",
      sole_proprietor: "YES",
      gender: "F",
      enumeration_date: "2015-03-02",
      last_updated: "2023-11-14",
      status: "A",
    },
    other_names: otherNames.map(([given, family]) => ({
      type: "Former Name",
      code: "1",
      first_name: given,
      last_name: family,
    })),
    taxonomies: licences.map((licence, place) => ({
      code: "106H00000X",
      taxonomy_group: "",
      desc: "Marriage & Family Therapist",
      license: null,
      state: null,
      primary: place === 0,
      ...licence,
    })),
    identifiers: [],
    endpoints: [],
  };
}

export const nppesAnswer = (...results: ReturnType<typeof nppesPerson>[]) => ({
  result_count: results.length,
  results,
});

const leieColumns = [
  "LASTNAME",
  "FIRSTNAME",
  "MIDNAME",
  "BUSNAME",
  "GENERAL",
  "SPECIALTY",
  "UPIN",
  "NPI",
  "DOB",
  "ADDRESS",
  "CITY",
  "STATE",
  "ZIP",
  "EXCLTYPE",
  "EXCLDATE",
  "REINDATE",
  "WAIVERDATE",
  "WVRSTATE",
] as const;

export type LeieRow = Partial<Record<(typeof leieColumns)[number], string>>;

/** A file as the OIG publishes it. */
export function leieCsv(rows: readonly LeieRow[]): string {
  return csv(
    leieColumns,
    rows.map((row) => leieColumns.map((name) => leieCell(row, name))),
  );
}

function leieCell(row: LeieRow, name: (typeof leieColumns)[number]): string {
  const blank: LeieRow = {
    GENERAL: "IND- LIC HC SERV PRO",
    SPECIALTY: "COUNSELOR",
    NPI: "0000000000",
    DOB: "19700101",
    ADDRESS: "1 CANARY HOME LANE",
    CITY: "RENO",
    STATE: "NV",
    ZIP: "89501",
    EXCLTYPE: "1128b4",
    EXCLDATE: "20240118",
    REINDATE: "00000000",
    WAIVERDATE: "00000000",
  };
  return row[name] ?? blank[name] ?? "";
}

/** Any sheet; every cell in quotes. */
export function csv(
  headings: readonly string[],
  rows: readonly (readonly string[])[],
  delimiter = ",",
): string {
  const line = (cells: readonly string[]) =>
    `${cells.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(delimiter)}\r\n`;
  return [headings, ...rows].map(line).join("");
}
