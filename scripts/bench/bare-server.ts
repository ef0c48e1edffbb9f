import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { Agent, request } from "undici";
import { onStop } from "../lifetime.ts";

// The least that a server written for Node can do: the page's own question to the engine, put over
// kept connections, and the answer as a string. What a page costs above this is ours.
const [meiliUrl = "", file = "", headers = "{}"] = process.argv.slice(2);
const bodies = (JSON.parse(readFileSync(file, "utf8")) as { body: string }[]).map(
  (each) => each.body,
);
const agent = new Agent({ connections: 32, keepAliveTimeout: 30_000 });
const sent = JSON.parse(headers) as Record<string, string>;

const server = createServer(async (asked, response) => {
  const position = Number(asked.url?.slice(1)) % bodies.length;
  try {
    const { statusCode, body } = await request(`${meiliUrl}/multi-search`, {
      method: "POST",
      headers: sent,
      body: bodies[position] ?? "",
      dispatcher: agent,
    });
    const text = await body.text();
    response.writeHead(statusCode, { "Content-Type": "application/json" }).end(text);
  } catch {
    response.writeHead(502).end();
  }
});

server.listen(0, "127.0.0.1", () => {
  const address = server.address();
  if (typeof address === "object" && address) process.send?.({ port: address.port });
});

onStop(() => {
  server.close();
  server.closeAllConnections();
});
