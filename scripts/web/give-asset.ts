import type { IncomingMessage, ServerResponse } from "node:http";
import { join } from "node:path";
import sirv from "sirv";
import { root } from "../checkout.ts";

/** Stylesheet, fonts and pictures, with the compressed copies that the build wrote beside them. */
const files = sirv(join(root, "public"), {
  brotli: true,
  gzip: true,
  immutable: true,
  maxAge: 31_536_000,
});

export function giveAsset(request: IncomingMessage, response: ServerResponse): void {
  files(request, response, () => {
    response.writeHead(404).end();
  });
}
