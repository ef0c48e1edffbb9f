import { join } from "node:path";
import { root } from "../checkout.ts";

/** The program that draws a read-only copy, as plain JavaScript: Node runs no JSX. */
export const copyProgram = join(root, "built", "write-copy.mjs");
