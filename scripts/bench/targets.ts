import { fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { z } from "zod";
import { bumpDirectoryVersion } from "#lib/directory/bump-version.ts";
import { indexName } from "#lib/directory/index-name.ts";
import { countQueries, resultsQuery } from "#lib/directory/index-query.ts";
import { type Criteria, criteriaQuery } from "#lib/directory/schema.ts";
import { lookUpPlace } from "#lib/places/queries.ts";
import { todayUtc } from "#lib/vetting/rules.ts";
import { stopChild } from "../engines/engine.ts";
import { type BenchSite, workFile } from "./directory.ts";
import { commonSearches, drawSearches } from "./draw-searches.ts";
import { type Load, type LoadRequest, writeRequests } from "./load.ts";
import type { BenchOptions } from "./options.ts";
import type { Stoppers } from "./stoppers.ts";

export const targetNames = [
  "raw engine",
  "bare server",
  "search, all different",
  "search, repeated",
  "profile, first visit",
  "profile, repeated",
  "static file",
] as const;
export type TargetName = (typeof targetNames)[number];

export type Target = {
  name: TargetName;
  /** What is asked in one round; rounds are counted from 0, the warm-up is round -1. */
  load: (round: number, seconds: number) => Promise<Load>;
  /** Its pages are made before each round: what counts is how fast they are given again. */
  visitFirst: boolean;
};

/** More a second than any machine of ours answers, so that no search is asked twice. */
const DIFFERENT_A_SECOND = 2_500;
/** The engine keeps no answers, so it may be asked the same again after this many. */
const ENGINE_QUERIES = 3_000;
const REPEATED = 200;
const browser = { "accept-encoding": "br, gzip", accept: "text/html" };

export async function targetsOf(
  directory: BenchSite,
  { connections }: BenchOptions,
  stoppers: Stoppers,
): Promise<Target[]> {
  const { web, engines } = directory;
  const searches = drawSearches(directory.documents);
  const queries = await engineQueries(take(searches, ENGINE_QUERIES));
  const queryFile = writeRequests(workFile(directory, "queries.json"), queries);
  const askEngine = {
    "Content-Type": "application/json",
    Authorization: `Bearer ${engines.meiliMasterKey}`,
  };
  const bare = await startBareServer(
    [engines.meiliUrl, queryFile, JSON.stringify(askEngine)],
    stoppers,
  );
  const common = commonSearches(directory.documents, REPEATED).map(pageOf);
  const profiles = profilePaths(directory);

  const file = (name: string, requests: readonly LoadRequest[]) =>
    writeRequests(workFile(directory, name), requests);
  const bareFile = file(
    "bare.json",
    queries.map((_, position) => ({ path: `/${position}` })),
  );
  const commonFile = file("common.json", common);
  const profileFile = file("profiles.json", profiles.slice(0, REPEATED));
  const staticFile = file("static.json", [{ path: "/assets/site.css" }]);

  const repeated = (url: string, requests: string, headers: Load["headers"]): Target["load"] => {
    return async (_, seconds) => {
      return { url, requests, headers, connections, until: { seconds }, onceEach: false };
    };
  };
  const different: Target["load"] = async (_, seconds) => ({
    ...(await repeated(web.url, "", browser)(0, seconds)),
    requests: file("searches.json", take(searches, seconds * DIFFERENT_A_SECOND).map(pageOf)),
    onceEach: true,
  });
  /** The directory "changes" before, so that no page of an earlier round still holds. */
  const firstVisits: Target["load"] = async (round, seconds) => {
    await bumpDirectoryVersion(directory.postgres.db);
    const visits = rotate(profiles, round * 997).slice(0, round < 0 ? 500 : seconds * 500);
    return {
      ...(await repeated(web.url, file("visits.json", visits), browser)(0, seconds)),
      until: "all-requested",
    };
  };
  const asked = { visitFirst: false };
  const kept = { visitFirst: true };
  return [
    { name: "raw engine", load: repeated(engines.meiliUrl, queryFile, askEngine), ...asked },
    { name: "bare server", load: repeated(bare, bareFile, {}), ...asked },
    { name: "search, all different", load: different, ...asked },
    { name: "search, repeated", load: repeated(web.url, commonFile, browser), ...kept },
    { name: "profile, first visit", load: firstVisits, ...asked },
    { name: "profile, repeated", load: repeated(web.url, profileFile, browser), ...kept },
    { name: "static file", load: repeated(web.url, staticFile, browser), ...asked },
  ];
}

export function take<T>(source: Iterator<T>, count: number): T[] {
  const taken: T[] = [];
  for (let next = source.next(); !next.done; next = source.next()) {
    taken.push(next.value);
    if (taken.length >= count) break;
  }
  return taken;
}

export function pageOf(search: Criteria): LoadRequest {
  const query = criteriaQuery(search);
  return { path: query ? `/therapists?${query}` : "/therapists" };
}

export function profilePaths({ documents }: BenchSite): LoadRequest[] {
  const slugs = new Set(documents.map((document) => document.slug));
  return [...slugs].sort().map((slug) => ({ path: `/therapists/${slug}` }));
}

/** Word for word what the results page asks of the engine. */
async function engineQueries(searches: readonly Criteria[]): Promise<LoadRequest[]> {
  const today = todayUtc();
  return Promise.all(
    searches.map(async ({ where, ...search }) => {
      const found = where ? await lookUpPlace(where, search.region) : null;
      const resolved = { ...search, place: found?.kind === "found" ? found.place : null };
      const counts = countQueries(resolved, today, indexName).map(({ query }) => query);
      const queries = [resultsQuery(resolved, today, indexName), ...counts];
      return { path: "/multi-search", method: "POST" as const, body: JSON.stringify({ queries }) };
    }),
  );
}

async function startBareServer(args: string[], stoppers: Stoppers): Promise<string> {
  const path = fileURLToPath(import.meta.resolve("./bare-server.ts"));
  const child = fork(path, args, { detached: true });
  stoppers.add(() => stopChild(child, "SIGTERM", 3_000));
  const [message] = await once(child, "message");
  const { port } = z.object({ port: z.number() }).parse(message);
  return `http://127.0.0.1:${port}`;
}

function rotate<T>(list: readonly T[], by: number): T[] {
  const start = ((by % list.length) + list.length) % list.length;
  return [...list.slice(start), ...list.slice(0, start)];
}
