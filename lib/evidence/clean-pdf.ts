import * as mupdf from "mupdf";
import { evidenceLimits, FileError } from "./rules.ts";

/** Pixels for each point (1/72 inch) of a page: 180 dpi, where small print is still read. */
const SHARPNESS = 180 / 72;
const LONG_SIDE = 2_100;
const ALL_PAGES_BYTES = 16_000_000;
const qualities = [82, 60, 35];

export type CleanPdf = { mediaType: "application/pdf"; bytes: Buffer; pages: number };

/**
 * Photographs each page and makes a new PDF of the pictures alone: no script, form, attached file,
 * link or word of metadata has a way into it, whatever its first author thought of.
 */
export function cleanPdf(raw: Uint8Array): CleanPdf {
  const source = openPdf(raw);
  const pages = source.countPages();
  if (pages < 1) throw new FileError("broken");
  if (pages > evidenceLimits.pages) throw new FileError("too-many-pages");
  const made = new mupdf.PDFDocument();
  for (let page = 0; page < pages; page += 1) {
    copyPage(source.loadPage(page), made, ALL_PAGES_BYTES / pages);
  }
  const bytes = made.saveToBuffer("garbage,compress").asUint8Array();
  return { mediaType: "application/pdf", bytes: Buffer.from(bytes), pages };
}

function openPdf(raw: Uint8Array): mupdf.Document {
  const source = mupdf.Document.openDocument(raw, "application/pdf");
  // A file that only asks readers not to print or copy it needs none, and comes through.
  if (source.needsPassword()) throw new FileError("locked");
  return source;
}

function copyPage(page: mupdf.Page, made: mupdf.PDFDocument, maxBytes: number): void {
  const [left, top, right, bottom] = page.getBounds();
  const [width, height] = [right - left, bottom - top];
  if (!(width >= 1 && height >= 1)) throw new FileError("broken");
  const scale = Math.min(SHARPNESS, LONG_SIDE / Math.max(width, height));
  const matrix = mupdf.Matrix.scale(scale, scale);
  const drawn = page.toPixmap(matrix, mupdf.ColorSpace.DeviceRGB, false, true);
  const picture = made.addImage(new mupdf.Image(smallEnough(drawn, maxBytes)));
  drawn.destroy();
  page.destroy();
  const content = `${width} 0 0 ${height} 0 0 cm /Page Do`;
  const box: mupdf.Rect = [0, 0, width, height];
  made.insertPage(-1, made.addPage(box, 0, { XObject: { Page: picture } }, content));
}

function smallEnough(drawn: mupdf.Pixmap, maxBytes: number): Uint8Array {
  for (const quality of qualities) {
    const bytes = drawn.asJPEG(quality, false);
    if (bytes.length <= maxBytes) return bytes;
  }
  throw new FileError("too-large");
}
