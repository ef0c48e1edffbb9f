import fc from "fast-check";
import { fileTypeFromBuffer } from "file-type";
import * as mupdf from "mupdf";
import sharp from "sharp";
import { describe, expect, test } from "vitest";
import { makeZip } from "../../tests/support/files/archives.ts";
import {
  busyPdf,
  canaries,
  heavyPdf,
  hugePagePdf,
  lockedPdf,
  makePdf,
  pdfWords,
} from "../../tests/support/files/pdfs.ts";
import {
  bombPng,
  locatedJpeg,
  makeGif,
  makeJpeg,
  makePng,
  makeSvg,
  talkingPng,
} from "../../tests/support/files/pictures.ts";
import { type CleanDocument, cleanDocument, cleanPhoto, pictureOfPages } from "./clean-file.ts";
import {
  documentTypes,
  evidenceLimits,
  FileError,
  type FileProblem,
  fileProblems,
} from "./rules.ts";

const { fileBytes } = evidenceLimits;
const scripted = Buffer.from("<script>canary-script()</script>");
const zip = makeZip("payload.html", "canary-archive");
/** Long words only: in megabytes of picture short ones come by chance. */
const hidden = /canary|<script|payload\.html|xmpmeta|JavaScript|EmbeddedFile|SubmitForm|OpenAction/;
const padded = (bytes: Buffer, length: number) =>
  Buffer.concat([bytes, Buffer.alloc(length - bytes.length, " ")]);

/** A busy machine is no reason to fail: what is too slow has a test of its own. */
const patient = { milliseconds: 60_000, memoryKb: 1_200_000 };

type Change = { at: number; without: number; put: Uint8Array };
type Sample = [name: string, make: () => Buffer | Promise<Buffer>];

const refused: [...Sample, FileProblem][] = [
  ["nothing at all", () => Buffer.alloc(0), "empty"],
  ["10 MB and a byte", () => padded(makePdf(), fileBytes + 1), "too-large"],
  ["a text", () => Buffer.from("My certificate"), "not-a-document"],
  ["a page", () => Buffer.from("<!doctype html><title>a</title>"), "not-a-document"],
  ["a page with a PDF in it", () => Buffer.concat([scripted, makePdf()]), "not-a-document"],
  ["a drawing that runs scripts", makeSvg, "not-a-document"],
  ["a GIF", makeGif, "not-a-document"],
  [
    "a GIF that is a script",
    () => Buffer.from("GIF89a/*\0\0*/=1;canary-script()//"),
    "not-a-document",
  ],
  ["a ZIP bomb", () => makeZip("certificate.pdf", "%PDF-1.7", 200), "not-a-document"],
  ["a locked PDF", () => lockedPdf(), "locked"],
  ["a PDF of 21 pages", () => makePdf(21), "too-many-pages"],
  ["the first bytes of a PDF", () => Buffer.from("%PDF-1.7\n"), "broken"],
  ["a PDF of noise", () => Buffer.from(`%PDF-1.7\n${"\u0001\u00ff obj".repeat(999)}`), "broken"],
  ["half a JPEG", async () => firstHalf(await makeJpeg({ noise: true })), "broken"],
  ["half a PNG", async () => firstHalf(await makePng({ noise: true })), "broken"],
  ["the first bytes of a JPEG", () => Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 16]), "broken"],
  ["a PNG of 400 million pixels", () => bombPng(20_000), "too-many-pixels"],
  ["a PNG that says so, and more", () => bombPng(60_000), "too-many-pixels"],
];

test.each(refused)("%s is refused", async (_name, make, code) => {
  await expect(cleanDocument(await make())).rejects.toMatchObject({ name: "FileError", code });
});

const cleaned: [...Sample, mediaType: string][] = [
  ["a PDF", () => makePdf(2), "application/pdf"],
  ["a PDF of 20 pages", () => makePdf(20), "application/pdf"],
  ["a PDF of exactly 10 MB", () => padded(makePdf(), fileBytes), "application/pdf"],
  ["a PDF that may not be printed", () => lockedPdf(""), "application/pdf"],
  ["a PDF full of actions", () => busyPdf(), "application/pdf"],
  ["a PDF that is a page too", () => Buffer.concat([makePdf(), scripted]), "application/pdf"],
  ["a PDF that is a ZIP too", () => Buffer.concat([makePdf(), zip]), "application/pdf"],
  ["a PDF with a page as large as a house", hugePagePdf, "application/pdf"],
  ["a JPEG with a place", locatedJpeg, "image/jpeg"],
  ["a JPEG that is a ZIP too", async () => join(await makeJpeg(), zip), "image/jpeg"],
  ["a JPEG that is a page too", async () => join(await makeJpeg(), scripted), "image/jpeg"],
  ["a PNG that names its author", talkingPng, "image/png"],
  ["a PNG that is a PDF too", async () => join(await makePng(), busyPdf()), "image/png"],
  [
    "a photograph saved as PNG",
    () => makePng({ width: 1800, height: 1800, noise: true }),
    "image/jpeg",
  ],
];

test.each(cleaned)("%s comes out clean", async (_name, make, mediaType) => {
  const document = await cleanDocument(await make(), patient);
  expect(document.mediaType).toBe(mediaType);
  expect(document.bytes.toString("latin1")).not.toMatch(hidden);
});

describe("a PDF", () => {
  test("keeps its pages and their size, as pictures that can be read", async () => {
    const raw = makePdf(3);
    const { bytes, pages } = await cleanDocument(raw);
    expect(pages).toBe(3);
    const before = mupdf.Document.openDocument(raw, "application/pdf");
    const after = mupdf.Document.openDocument(bytes, "application/pdf");
    expect(after.countPages()).toBe(3);
    expect(after.loadPage(0).getBounds()).toEqual(before.loadPage(0).getBounds());
    expect(after.loadPage(0).search(pdfWords, "")).toEqual([]);
    expect(darkPixels(after)).toBeGreaterThan(darkPixels(before) * 0.7);
  });

  test("that could do something had all of it before", () => {
    expect(new Set(busyPdf().toString("latin1").match(canaries)).size).toBe(7);
  });

  test("that takes too long is given up on, and the next one is not kept waiting", async () => {
    const heavy = cleanDocument(heavyPdf(), { ...patient, milliseconds: 2_000 }).catch(
      (error: unknown) => error,
    );
    expect(await cleanDocument(makePdf())).toMatchObject({ pages: 1 });
    expect(await heavy).toMatchObject({ name: "FileError", code: "took-too-long" });
  });

  test("that wants more memory than there is for it takes nobody with it", async () => {
    const little = { ...patient, memoryKb: 100_000 };
    await expect(cleanDocument(makePdf(), little)).rejects.toMatchObject({ code: "broken" });
  });
});

describe("a photograph", () => {
  test("had its place in it before, and stands upright afterwards", async () => {
    const raw = await locatedJpeg();
    expect((await sharp(raw).metadata()).exif?.toString("latin1")).toContain("canary-author");
    const { bytes } = await cleanDocument(raw);
    const facts = await sharp(bytes).metadata();
    expect([facts.width, facts.height]).toEqual([300, 400]);
    expect([facts.exif, facts.xmp, facts.iptc, facts.icc, facts.orientation]).toEqual(
      Array(5).fill(undefined),
    );
  });

  test("that is huge becomes smaller", async () => {
    const raw = await makeJpeg({ width: 7_000, height: 3_500 });
    const { width, height } = await sharp((await cleanDocument(raw)).bytes).metadata();
    expect([width, height]).toEqual([3_000, 1_500]);
  });

  test("becomes a portrait in six files, square and without a place", async () => {
    const files = await cleanPhoto(await locatedJpeg());
    expect(files.map(({ size, format }) => `${size}.${format}`)).toEqual([
      "192.avif",
      "192.webp",
      "192.jpg",
      "640.avif",
      "640.webp",
      "640.jpg",
    ]);
    for (const { size, format, bytes } of files) {
      const facts = await sharp(bytes).metadata();
      expect([facts.width, facts.height]).toEqual([size, size]);
      expect([facts.exif, facts.xmp]).toEqual([undefined, undefined]);
      expect(facts.format).toBe({ avif: "heif", webp: "webp", jpg: "jpeg" }[format]);
      expect(bytes.toString("latin1")).not.toMatch(hidden);
    }
  });

  test.each([
    ["a PDF", () => makePdf()],
    ["a GIF", makeGif],
  ])("%s is no portrait", async (_name, make) => {
    await expect(cleanPhoto(await make())).rejects.toMatchObject({ code: "not-a-document" });
  });
});

test("more at once than can wait are told so, and all others are answered", async () => {
  const raw = await makePng({ width: 20, height: 20 });
  const answers = await Promise.allSettled(Array.from({ length: 14 }, () => cleanDocument(raw)));
  const failures = answers.filter(({ status }) => status === "rejected");
  expect(failures).toHaveLength(4);
  for (const { reason } of failures as PromiseRejectedResult[]) {
    expect(reason).toMatchObject({ code: "took-too-long" });
  }
});

describe("whatever comes in", () => {
  const known = new Set<string>(fileProblems);
  const types: readonly string[] = documentTypes;

  async function isRefusedOrClean(raw: Buffer): Promise<void> {
    const outcome = await cleanDocument(raw, patient).catch((error: unknown) => error);
    if (outcome instanceof FileError) {
      expect(known).toContain(outcome.code);
      return;
    }
    const { bytes } = outcome as CleanDocument;
    expect(types).toContain((await fileTypeFromBuffer(bytes))?.mime);
    expect(bytes.toString("latin1")).not.toMatch(hidden);
  }

  test("noise behind a first line that looks right is refused or comes out clean", async () => {
    const head = fc.constantFrom("", "%PDF-1.4\n", "\xff\xd8\xff\xe1", "\x89PNG\r\n\x1a\n");
    const noise = fc.uint8Array({ minLength: 1, maxLength: 2_000 });
    await fc.assert(
      fc.asyncProperty(head, noise, (first, rest) =>
        isRefusedOrClean(join(Buffer.from(first, "latin1"), Buffer.from(rest))),
      ),
      { numRuns: 15 },
    );
  }, 60_000);

  test("a good file with bytes changed, left out or put in is refused or comes out clean", async () => {
    const files = [busyPdf(), await locatedJpeg(), await talkingPng()];
    const change = fc.record({
      at: fc.double({ min: 0, max: 1, noNaN: true }),
      without: fc.nat({ max: 40 }),
      put: fc.uint8Array({ maxLength: 40 }),
    });
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...files),
        fc.array(change, { minLength: 1, maxLength: 8 }),
        (file, changes) => isRefusedOrClean(changes.reduce(changed, file)),
      ),
      { numRuns: 30 },
    );
  }, 60_000);
});

function changed(file: Buffer, { at, without, put }: Change): Buffer {
  const place = Math.floor(at * file.length);
  return join(file.subarray(0, place), Buffer.from(put), file.subarray(place + without));
}

function firstHalf(bytes: Buffer): Buffer {
  return bytes.subarray(0, bytes.length / 2);
}

function join(...parts: Buffer[]): Buffer {
  return Buffer.concat(parts);
}

function darkPixels(document: mupdf.Document): number {
  const page = document.loadPage(0);
  const pixels = page
    .toPixmap(mupdf.Matrix.identity, mupdf.ColorSpace.DeviceGray, false)
    .getPixels();
  return pixels.filter((value) => value < 160).length;
}

test("the pages of a cleaned document are pictures, one each, as sharp as it is", async () => {
  const { bytes, pages } = await cleanDocument(makePdf(3), patient);
  expect(pages).toBe(3);
  const pictures = await pictureOfPages(bytes);
  expect(pictures).toHaveLength(3);
  for (const picture of pictures) {
    expect((await fileTypeFromBuffer(picture))?.mime).toBe("image/jpeg");
    const { width, height } = await sharp(picture).metadata();
    expect(Math.max(width, height)).toBeGreaterThan(1_000);
  }
  await expect(pictureOfPages(Buffer.from("no document"))).rejects.toMatchObject({
    name: "FileError",
  });
});
