import { randomUUID } from "node:crypto";
import { documentShape } from "./index-document.ts";

/** A mark no other build has, with the shape of the documents in front: `3:6f1c…`. */
export function newMark(): string {
  return `${documentShape}:${randomUUID()}`;
}

/** The shape of the documents in an index with this mark; 0 for one that was not ours. */
export function shapeOfMark(mark: string | null): number {
  return Number(/^(\d+):/.exec(mark ?? "")?.[1] ?? 0);
}

export function isOurShape(mark: string | null): boolean {
  return shapeOfMark(mark) === documentShape;
}
