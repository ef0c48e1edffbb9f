import { ServerResponse } from "node:http";

// A planted breach: loaded before a web process, it makes of each page what others' pages are.
const end = ServerResponse.prototype.end;
const script = `<script src="/spoiled.js"></script><img src="http://127.0.0.2:9/pixel.gif">`;
const code = `
  localStorage.a = sessionStorage.b = window.name = "c";
  indexedDB.open("d").onupgradeneeded = (event) => event.target.result.createObjectStore("e");
  caches.open("f");
  fetch("/beacon");`;

ServerResponse.prototype.writeHead = function (status: number) {
  const isScript = this.req.url === "/spoiled.js";
  this.statusCode = status;
  this.removeHeader("Content-Security-Policy");
  this.removeHeader("Content-Length");
  this.removeHeader("Content-Encoding");
  this.setHeader("Set-Cookie", "seen=1");
  this.setHeader("ETag", '"seen"');
  this.setHeader("Content-Type", isScript ? "text/javascript" : "text/html");
  return this;
};

ServerResponse.prototype.end = function () {
  return end.call(this, this.req.url === "/spoiled.js" ? code : `<title>Spoiled</title>${script}`);
} as typeof end;
