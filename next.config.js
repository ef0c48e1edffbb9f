import { fileURLToPath } from "node:url";

const everythingButSpanishAndFiles = "/:path((?!es(?:/|$)|api(?:/|$)|_next/|assets/).+)";

/** @type {import("next").NextConfig} */
export default {
  poweredByHeader: false,
  generateEtags: false,
  compress: false,
  images: { unoptimized: true },
  devIndicators: false,
  // Not even in development does a log line hold what was asked.
  logging: { incomingRequests: false },
  // `npm test` checks types; a build on someone's server need not.
  typescript: { ignoreBuildErrors: true },
  turbopack: { root: fileURLToPath(new URL(".", import.meta.url)) },
  // English has no prefix; inside, every page is below its language (docs/decisions/0005).
  async rewrites() {
    return {
      beforeFiles: [
        // In this order: each rule sees what the one before it made of the address.
        { source: everythingButSpanishAndFiles, destination: "/en/:path" },
        { source: "/", destination: "/en" },
      ],
    };
  },
};
