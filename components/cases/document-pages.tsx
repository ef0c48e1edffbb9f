import type { Page } from "../ui/page.ts";
import { FramePage } from "./frame-page.tsx";

type DocumentPagesProps = {
  page: Page;
  fileName: string;
  /** Pictures as `data:` addresses: nothing of a document has an address of its own. */
  pictures: readonly string[];
};

/** The pictures of one document, for a frame or a page of its own. */
export function DocumentPages({ page, fileName, pictures }: DocumentPagesProps) {
  return (
    <FramePage page={page}>
      <h1 className="unseen">{fileName}</h1>
      {pictures.map((picture, position) => (
        // biome-ignore lint/performance/noImgElement: the picture is in the page itself
        <img
          // biome-ignore lint/suspicious/noArrayIndexKey: pages are known by their number
          key={position}
          src={picture}
          alt={page.t("moderation.documents.page", {
            name: fileName,
            page: position + 1,
            pages: pictures.length,
          })}
        />
      ))}
    </FramePage>
  );
}
