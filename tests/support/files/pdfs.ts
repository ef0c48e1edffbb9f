import * as mupdf from "mupdf";

/** Said on every page, so that tests can look for it. */
export const pdfWords = "Certificate of training 4711";

/** A plain document with that many pages. @param options as mupdf saves it, such as a password */
export function makePdf(pages = 1, options = "compress=no"): Buffer {
  return saved(withPages(pages), options);
}

export function lockedPdf(password = "secret"): Buffer {
  return makePdf(1, `encrypt=aes-256,user-password=${password},owner-password=owner`);
}

/** Everything in a document that could do something, call somewhere, or tell on its author. */
export function busyPdf(): Buffer {
  const document = withPages(1);
  const attached = document.addEmbeddedFile(
    "payload.html",
    "text/html",
    Buffer.from("canary-attachment<script>alert(1)</script>"),
    new Date(0),
    new Date(0),
  );
  document.insertEmbeddedFile("payload.html", attached);
  const action = (entries: object) => document.addObject(entries);
  const catalog = document.getTrailer().get("Root");
  catalog.put(
    "OpenAction",
    action({ S: document.newName("JavaScript"), JS: document.newString("canary-javascript()") }),
  );
  catalog.put("AA", {
    WC: action({
      S: document.newName("Launch"),
      F: document.newString("canary-launch.exe"),
    }),
  });
  const metadata = document.addStream("<x>canary-metadata</x>", {
    Type: document.newName("Metadata"),
    Subtype: document.newName("XML"),
  });
  catalog.put("Metadata", metadata);
  document.setMetaData("info:Author", "canary-author");
  const page = document.loadPage(0);
  page.getObject().put("AA", {
    O: action({
      S: document.newName("SubmitForm"),
      F: document.newString("https://canary-submit.example/"),
    }),
  });
  page.createLink([0, 0, 100, 100], "https://canary-link.example/");
  return saved(document, "compress=no");
}

export const canaries = /canary-(attachment|javascript|launch|metadata|author|submit|link)/g;

/** A page as large as PDF allows; drawn naively it would need gigabytes. */
export function hugePagePdf(): Buffer {
  return saved(withPages(1, 14_400), "compress");
}

/** A page that unpacks to hundreds of megabytes of drawing. */
export function heavyPdf(): Buffer {
  const document = new mupdf.PDFDocument();
  const content = "0 0 m 600 800 l 0 800 l 600 0 l B* ".repeat(2_000_000);
  document.insertPage(-1, document.addPage([0, 0, 600, 800], 0, {}, content));
  return saved(document, "compress");
}

function withPages(pages: number, side?: number): mupdf.PDFDocument {
  const document = new mupdf.PDFDocument();
  const font = document.addSimpleFont(new mupdf.Font("Helvetica"));
  const box: mupdf.Rect = [0, 0, side ?? 595, side ?? 842];
  for (let page = 0; page < pages; page += 1) {
    const words = `BT /F 12 Tf 50 100 Td (${pdfWords}) Tj ET`;
    document.insertPage(-1, document.addPage(box, 0, { Font: { F: font } }, words));
  }
  return document;
}

function saved(document: mupdf.PDFDocument, options: string): Buffer {
  return Buffer.from(document.saveToBuffer(options).asUint8Array());
}
