import { createTransport } from "nodemailer";
import type { Config } from "#lib/config.ts";
import type { ComposedMail } from "./compose-mail.ts";
import { mayLeave } from "./rules.ts";
import { senderAddress } from "./site-address.ts";

export type Letter = ComposedMail & { id: string; to: string; createdAt: Date };

export type MailTransport = {
  /** False for a made-up address when the mail server is not next door. */
  mayGoTo: (address: string) => boolean;
  /** @throws what the mail library says; `failureOf` knows what it means */
  deliver: (letter: Letter) => Promise<void>;
  /** Sends nothing. @throws when the mail server does not answer, or does not know us */
  greet: () => Promise<void>;
  close: () => void;
};

/**
 * The mail server of the environment; null when there is none, and then mails wait.
 * A letter has the same id and date at every try: when nobody knows whether the first one arrived,
 * the second is known as the same message.
 */
export function openTransport(config: Config, patienceMs = 30_000): MailTransport | null {
  if (!config.SMTP_URL) return null;
  const server = new URL(config.SMTP_URL);
  const address = senderAddress(config);
  const domain = address.slice(address.lastIndexOf("@") + 1);
  const pool = createTransport(pooled(server, domain, patienceMs));
  return {
    mayGoTo: (to) => mayLeave(to, server.hostname),
    deliver: async ({ id, to, createdAt, subject, text, html }) => {
      await pool.sendMail({
        from: { name: config.SITE_NAME, address },
        to: { name: "", address: to },
        subject,
        text,
        html,
        messageId: `<${id}@${domain}>`,
        date: createdAt,
        headers: { "Auto-Submitted": "auto-generated" },
        xMailer: false,
        disableFileAccess: true,
        disableUrlAccess: true,
      });
    },
    greet: async () => {
      await pool.verify();
    },
    close: () => pool.close(),
  };
}

/** Options go in the address; what an operator wrote there stays. */
function pooled(server: URL, name: string, patienceMs: number): string {
  const url = new URL(server);
  const options = {
    pool: "true",
    maxConnections: 2,
    // Tries are the job queue's business: one of the library's own could deliver twice.
    maxRequeues: 0,
    // Said in the greeting, in place of this machine's name.
    name,
    connectionTimeout: patienceMs,
    greetingTimeout: patienceMs,
    socketTimeout: patienceMs,
    dnsTimeout: patienceMs,
  };
  for (const [option, value] of Object.entries(options)) {
    if (!url.searchParams.has(option)) url.searchParams.set(option, String(value));
  }
  return url.href;
}
