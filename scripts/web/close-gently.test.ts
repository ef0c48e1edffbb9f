import { once } from "node:events";
import { Agent, request } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { expect, test } from "vitest";
import { closeGently } from "./close-gently.ts";
import { openServer } from "./open-server.ts";

async function serving(answer: Promise<string>) {
  const server = openServer();
  const asked = Promise.withResolvers<void>();
  server.on("request", async (_, response) => {
    asked.resolve();
    response.end(await answer);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  const agent = new Agent({ keepAlive: true });
  const ask = () => request({ port, agent, host: "127.0.0.1" }).end();
  return { server, asked: asked.promise, ask };
}

test("whoever has asked has their answer, and the line is closed after it at once", async () => {
  const answer = Promise.withResolvers<string>();
  const { server, asked, ask } = await serving(answer.promise);
  const slow = ask();
  await asked;
  const closed = closeGently(server, 20_000);
  const late = ask();
  const [refused] = await once(late, "error");
  expect(refused).toMatchObject({ code: "ECONNREFUSED" });
  answer.resolve("whole");
  const [response] = await once(slow, "response");
  expect(await text(response)).toBe("whole");
  const begun = performance.now();
  await closed;
  expect(performance.now() - begun).toBeLessThan(2_000);
});

test("what never ends is cut when patience ends", async () => {
  const { server, asked, ask } = await serving(new Promise<string>(() => {}));
  const stuck = ask();
  const cut = once(stuck, "error");
  await asked;
  await closeGently(server, 100);
  expect((await cut)[0]).toMatchObject({ code: "ECONNRESET" });
});
