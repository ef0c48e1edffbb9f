import * as mupdf from "mupdf";
import { FileError } from "./rules.ts";

/** Pixels for each point (1/72 inch) of a page: as sharp as the pictures that it was made of. */
const SHARPNESS = 180 / 72;
const LONG_SIDE = 2_100;
const QUALITY = 80;

/** The pages of a document of ours as pictures, so that no browser has to open the document. */
export function drawPages(pdf: Uint8Array): Buffer[] {
  const source = mupdf.Document.openDocument(pdf, "application/pdf");
  const pages = source.countPages();
  if (pages < 1) throw new FileError("broken");
  return Array.from({ length: pages }, (_, number) => drawPage(source.loadPage(number)));
}

function drawPage(page: mupdf.Page): Buffer {
  const [left, top, right, bottom] = page.getBounds();
  const scale = Math.min(SHARPNESS, LONG_SIDE / Math.max(right - left, bottom - top));
  const matrix = mupdf.Matrix.scale(scale, scale);
  const drawn = page.toPixmap(matrix, mupdf.ColorSpace.DeviceRGB, false, true);
  const picture = Buffer.from(drawn.asJPEG(QUALITY, false));
  drawn.destroy();
  page.destroy();
  return picture;
}
