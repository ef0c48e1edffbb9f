import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { BodyError } from "#lib/errors.ts";
import { FORM_BYTES, readBytes, readForm } from "./read-form.ts";

const address = "https://directory.example/account";
const urlencoded = "application/x-www-form-urlencoded";

function sent(body: BodyInit | null, type?: string): Request {
  return new Request(address, {
    method: "POST",
    body,
    ...(type && { headers: { "content-type": type } }),
  });
}

/** A body whose length nobody announced. */
function streamed(parts: readonly Uint8Array[], end?: Error): Request {
  const body = new ReadableStream({
    start(stream) {
      for (const part of parts) stream.enqueue(part);
      if (!end) stream.close();
    },
    pull(stream) {
      if (end) stream.error(end);
    },
  });
  const headers = { "content-type": urlencoded };
  return new Request(address, { method: "POST", body, headers, duplex: "half" } as RequestInit);
}

async function reasonOf(reading: Promise<unknown>): Promise<unknown> {
  try {
    await reading;
    return "read";
  } catch (error) {
    return error instanceof BodyError ? error.reason : error;
  }
}

describe("a form", () => {
  const fields = fc.array(
    fc.tuple(fc.string({ unit: "grapheme" }), fc.string({ unit: "grapheme" })),
  );

  test("is read as it was sent, in either shape", async () => {
    await fc.assert(
      fc.asyncProperty(fields, async (entries) => {
        const plain = await readForm(sent(new URLSearchParams(entries)));
        expect([...plain.entries()]).toEqual(entries);
      }),
    );
    const form = new FormData();
    form.append("about", "Año 2026");
    form.append("file", new File(["%PDF"], "licence.pdf"));
    const read = await readForm(sent(form));
    expect(read.get("about")).toBe("Año 2026");
    expect(read.get("file")).toBeInstanceOf(File);
  });

  test.each<[string, Request, string]>([
    ["nothing", sent(null), "no-form"],
    ["JSON", sent("{}", "application/json"), "no-form"],
    ["plain text", sent("a=1", "text/plain"), "no-form"],
    ["a type that begins alike", sent("a=1", `${urlencoded}x`), "no-form"],
    ["parts without their boundary", sent("a=1", "multipart/form-data"), "broken"],
    [
      "parts that break off",
      sent("--x\r\nContent-Disp", "multipart/form-data; boundary=x"),
      "broken",
    ],
    ["a connection that breaks off", streamed([Buffer.from("a=1")], new Error("reset")), "broken"],
    ["a type in capitals", sent("a=1", urlencoded.toUpperCase()), "read"],
    ["all that is allowed", sent("a".repeat(FORM_BYTES), urlencoded), "read"],
    ["one byte more", sent("a".repeat(FORM_BYTES + 1), urlencoded), "too-large"],
    ["more than was announced", streamed([Buffer.alloc(FORM_BYTES), Buffer.alloc(1)]), "too-large"],
  ])("%s", async (_, request, reason) => {
    expect(await reasonOf(readForm(request))).toBe(reason);
  });

  test("is not even opened when it says that it is too large", async () => {
    const request = streamed([Buffer.from("a=1")]);
    request.headers.set("content-length", "11");
    expect(await reasonOf(readBytes(request, 10))).toBe("too-large");
    expect(request.bodyUsed).toBe(false);
  });
});

test("a body without end is given up at the limit", async () => {
  let given = 0;
  const body = new ReadableStream({
    pull(stream) {
      given += 1;
      if (given > 100) stream.error(new Error("read on and on"));
      else stream.enqueue(new Uint8Array(10));
    },
  });
  const endless = new Request(address, { method: "POST", body, duplex: "half" } as RequestInit);
  expect(await reasonOf(readBytes(endless, 50))).toBe("too-large");
  expect(given).toBeLessThan(10);
});

test("bytes are all there up to the limit, in whatever parts they come", async () => {
  const parts = fc.array(fc.uint8Array({ maxLength: 20 }), { maxLength: 10 });
  await fc.assert(
    fc.asyncProperty(parts, fc.nat(100), async (sentParts, max) => {
      const whole = Buffer.concat(sentParts);
      const reading = readBytes(streamed(sentParts), max);
      if (whole.length > max) expect(await reasonOf(reading)).toBe("too-large");
      else expect((await reading).equals(whole)).toBe(true);
    }),
  );
});
