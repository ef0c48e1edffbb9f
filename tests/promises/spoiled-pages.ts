import { type IncomingMessage, Server, type ServerResponse } from "node:http";

// A planted breach: loaded before a web process, it answers with pages as others have them.
const emit = Server.prototype.emit;
const page = `<title>Spoiled</title><script src="/spoiled.js"></script><img src="http://127.0.0.2:9/pixel.gif">`;
const code = `
  localStorage.a = sessionStorage.b = window.name = "c";
  indexedDB.open("d").onupgradeneeded = (event) => event.target.result.createObjectStore("e");
  caches.open("f");
  fetch("/beacon");`;

Server.prototype.emit = function (this: Server, event: string | symbol, ...given: unknown[]) {
  if (event !== "request") return emit.call(this, event, ...given);
  const [request, response] = given as [IncomingMessage, ServerResponse];
  const isScript = request.url === "/spoiled.js";
  const type = isScript ? "text/javascript" : "text/html";
  response.writeHead(200, { "Set-Cookie": "seen=1", ETag: '"seen"', "Content-Type": type });
  response.end(isScript ? code : page);
  return true;
} as typeof emit;
