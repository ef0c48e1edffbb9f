import { simpleParser } from "mailparser";
import { SMTPServer } from "smtp-server";
import { readConfig } from "#lib/config.ts";
import { keepCaughtMail } from "#lib/email/caught-mails.ts";
import { onStop } from "./lifetime.ts";

// The demo's mail server: takes everything from this machine, delivers nothing, keeps the newest.
const { DATA_DIR } = readConfig();

const server = new SMTPServer({
  authOptional: true,
  disabledCommands: ["AUTH", "STARTTLS"],
  disableReverseLookup: true,
  size: 1_000_000,
  onData: async (stream, session, done) => {
    try {
      const mail = await simpleParser(stream, { skipTextToHtml: true });
      keepCaughtMail(DATA_DIR, {
        to: session.envelope.rcptTo.map(({ address }) => address).join(", "),
        from: mail.from?.text ?? "",
        subject: mail.subject ?? "",
        text: mail.text ?? "",
        html: mail.html || "",
        receivedAt: new Date().toISOString(),
      });
      done();
    } catch (error) {
      done(error instanceof Error ? error : new Error(String(error)));
    }
  },
});

server.on("error", (error) => console.error(`mail catcher: ${error.message}`));
server.server.on("error", () => process.exit(1));
const port = Number(process.argv[2] ?? 0);
server.listen(port, "127.0.0.1", () => process.send?.({ listening: { port } }));

onStop(() => new Promise<void>((resolve) => server.close(() => resolve())));
