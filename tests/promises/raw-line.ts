import { once } from "node:events";
import { connect } from "node:net";

/**
 * Says something to a server on a line of its own, where nothing puts it right.
 * @param words what is sent; the line is cut after them when `cut`, else when the answer is there
 * @returns all that the server said
 */
export async function sayRaw(
  url: string,
  words: string | Buffer,
  { cut = false, patienceMs = 5_000 }: { cut?: boolean; patienceMs?: number } = {},
): Promise<string> {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  let heard = "";
  socket.setEncoding("latin1").on("data", (text: string) => {
    heard += text;
    // The first lines say all that a test wants to know.
    if (heard.includes("\r\n\r\n")) socket.destroy();
  });
  socket.on("error", () => {});
  socket.setTimeout(patienceMs, () => socket.destroy());
  const closed = once(socket, "close");
  socket.write(words, () => {
    if (cut) socket.destroy();
  });
  await closed;
  return heard;
}
