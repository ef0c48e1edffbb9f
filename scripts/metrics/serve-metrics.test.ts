import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { expect, test } from "vitest";
import { readConfig } from "#lib/config.ts";
import { countAnswer, measureAnswers, measureProcess } from "#lib/metrics/registry.ts";
import { serveMetrics } from "./serve-metrics.ts";

test("nothing listens unless it is asked for", () => {
  expect(serveMetrics(readConfig({}))).toBeNull();
});

test("counts by plane and kind of status, in hundreds where readers are, and no path", async () => {
  measureProcess();
  measureAnswers();
  for (let n = 0; n < 150; n += 1) countAnswer("reader", 200);
  countAnswer("staff", 303);
  countAnswer("reader", 500);
  const server = serveMetrics(readConfig({ METRICS_PORT: "0" }));
  if (!server) throw new Error("no server");
  await once(server, "listening");
  const { address, port } = server.address() as AddressInfo;
  expect(address).toBe("127.0.0.1");
  const ask = (path: string) => fetch(`http://127.0.0.1:${port}${path}`);
  const text = await (await ask("/metrics")).text();
  expect(text).toContain('parasol_answers_total{plane="reader",status="2xx"} 100');
  expect(text).toContain('parasol_answers_total{plane="reader",status="5xx"} 1');
  expect(text).toContain('parasol_answers_total{plane="staff",status="3xx"} 1');
  expect(text).toContain("parasol_nodejs_eventloop_lag_p99_seconds");
  expect((await ask("/")).status).toBe(404);
  server.close();
});
