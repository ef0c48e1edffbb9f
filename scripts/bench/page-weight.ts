import { request } from "undici";
import type { LoadRequest } from "./load.ts";
import { median } from "./statistics.ts";

export type PageWeight = {
  /** Compressed bytes, as a browser receives them; the median of some searches. */
  html: number;
  htmlPlain: number;
  css: number;
  fonts: number;
};

export async function weighPage(
  url: string,
  searches: readonly LoadRequest[],
): Promise<PageWeight> {
  const pages = await Promise.all(searches.map(({ path }) => bytesOf(url + path)));
  const plain = await Promise.all(searches.map(({ path }) => bytesOf(url + path, "identity")));
  const text = plain[0]?.toString() ?? "";
  const sheet = /<link rel="stylesheet" href="([^"]+)"/.exec(text)?.[1] ?? "/assets/site.css";
  const css = await bytesOf(url + sheet);
  const rules = (await bytesOf(url + sheet, "identity")).toString();
  const fonts = [
    ...new Set([...rules.matchAll(/url\(["']?([^"')]+\.woff2)/g)].map(([, at]) => at)),
  ];
  const fontBytes = await Promise.all(
    fonts.map((at) => bytesOf(new URL(at ?? "", `${url}${sheet}`).href)),
  );
  return {
    html: median(pages.map((page) => page.byteLength)),
    htmlPlain: median(plain.map((page) => page.byteLength)),
    css: css.byteLength,
    fonts: fontBytes.reduce((sum, font) => sum + font.byteLength, 0),
  };
}

async function bytesOf(url: string, encoding = "br, gzip"): Promise<Buffer> {
  const { statusCode, body } = await request(url, { headers: { "accept-encoding": encoding } });
  const bytes = Buffer.from(await body.arrayBuffer());
  if (statusCode !== 200) throw new Error(`${new URL(url).pathname} answers ${statusCode}`);
  return bytes;
}
