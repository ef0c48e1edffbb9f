import { randomBytes } from "node:crypto";
import { eq } from "drizzle-orm";
import { Logger, runOnce } from "graphile-worker";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { mails, neverContact } from "#db/schema/mails.ts";
import { readConfig } from "#lib/config.ts";
import { tasks } from "#lib/worker/tasks.ts";
import { mailServer, scriptedServer } from "../../tests/support/mail-server.ts";
import { accountEnvironment } from "../../tests/support/test-accounts.ts";
import { testDatabase } from "../../tests/support/test-database.ts";
import { enqueueMail, neverContactHash } from "./enqueue-mail.ts";
import { mendLostMails } from "./mend-lost-mails.ts";
import { openTransport } from "./open-transport.ts";
import { sendMail } from "./send-mail.ts";

const database = testDatabase();
const address = "canary.person@provider.net";
const url = "https://directory.example/sign-in/confirm?token=canary-token";
const logged: string[] = [];
const closers: (() => unknown)[] = [];

accountEnvironment();
beforeEach(async () => {
  logged.length = 0;
  await database.sql`delete from mails`;
  await database.sql`delete from graphile_worker._private_jobs`;
});
afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

const order = {
  kind: "sign-in",
  to: address,
  personId: null,
  locale: "en",
  params: { url },
} as const;
const transportTo = (smtpUrl: string | undefined, patienceMs = 10_000) => {
  const config = readConfig({ SMTP_URL: smtpUrl, SITE_URL: "https://directory.example" });
  const transport = openTransport(config, patienceMs);
  if (transport) closers.unshift(() => transport.close());
  return transport;
};

/** Does what is due, as a worker with this mail server would; a pause between tries is skipped. */
async function work(smtpUrl: string | undefined, patienceMs?: number): Promise<void> {
  await database.sql`update graphile_worker._private_jobs set run_at = now() - interval '1 second'`;
  await runOnce({
    connectionString: database.url,
    taskList: tasks({ db: database.db, transport: transportTo(smtpUrl, patienceMs) }),
    noHandleSignals: true,
    logger: new Logger(() => (_level, message, meta) => {
      logged.push(message, JSON.stringify(meta ?? {}));
    }),
  });
  // The worker is let go a moment before the end of its last job is written down.
  await expect.poll(lockedJobs).toBe(0);
}

const lockedJobs = async () =>
  (await database.sql`select from graphile_worker.jobs where locked_at is not null`).length;

async function started(make: typeof mailServer, options?: Parameters<typeof mailServer>[0]) {
  const server = await make(options);
  closers.push(server.close);
  return server;
}

const rows = () => database.db.select().from(mails);
const only = async () => {
  const [row] = await rows();
  if (!row) throw new Error("there is no mail");
  return row;
};
const jobs = async () => [
  ...(await database.sql<{ attempts: number; error: string | null }[]>`
    select attempts, last_error as error from graphile_worker.jobs`),
];

describe("a mail that is sent", () => {
  test("arrives as it was meant, and nothing of it stays behind", async () => {
    const server = await started(mailServer);
    await enqueueMail(order, database.db);
    expect(JSON.stringify(await only())).not.toContain("canary");
    await work(server.url);
    const [mail] = server.received;
    expect(mail?.to).toEqual([address]);
    expect(mail?.parsed.subject).toBe("Your link to sign in");
    expect(mail?.parsed.from?.text).toBe('"Parasol" <mail@directory.example>');
    expect(mail?.parsed.text).toContain(url);
    expect(mail?.parsed.html).toContain(url);
    expect(mail?.parsed.messageId).toBe(`<${(await only()).id}@directory.example>`);
    expect(mail?.parsed.headers.get("auto-submitted")).toBe("auto-generated");
    expect(mail?.raw).not.toMatch(/x-mailer|nodemailer/i);
    expect(await only()).toMatchObject({ state: "sent", sealedBody: null, lastError: null });
    expect((await only()).sentAt).not.toBeNull();
    expect(await jobs()).toEqual([]);
  });

  test("goes in the person's language", async () => {
    const server = await started(mailServer);
    await enqueueMail({ ...order, locale: "es" }, database.db);
    await work(server.url);
    expect(server.received[0]?.parsed.subject).toBe("Tu enlace para entrar");
  });

  test("goes once, however often its job is done", async () => {
    const server = await started(mailServer);
    await enqueueMail(order, database.db);
    await work(server.url);
    const { id } = await only();
    const transport = transportTo(server.url);
    if (!transport) throw new Error("no transport");
    await sendMail(id, { transport, lastTry: false }, database.db);
    expect(server.received).toHaveLength(1);
  });

  test("goes only with the change it belongs to", async () => {
    await database.db
      .transaction(async (tx) => {
        await enqueueMail(order, tx);
        throw new Error("changed my mind");
      })
      .catch(() => undefined);
    expect(await rows()).toEqual([]);
    expect(await jobs()).toEqual([]);
  });
});

/** What a server says to each line that it has nothing against; nothing to the lines of a mail. */
function plainReply(line: string | null): string {
  if (line === null) return "220 here\r\n";
  if (line === "DATA") return "354 go\r\n";
  if (line === "QUIT") return "221 bye\r\n";
  return line === "." || /^(EHLO|MAIL|RCPT) /.test(line) ? "250 ok\r\n" : "";
}

const dumb = new Set<unknown>();

async function goesOnce(): Promise<void> {
  const well = await started(mailServer);
  await work(well.url);
  await work(well.url);
  expect(well.received).toHaveLength(1);
  expect(well.received[0]?.parsed.messageId).toBe(`<${(await only()).id}@directory.example>`);
  expect(await only()).toMatchObject({ state: "sent", lastError: null });
  expect(await jobs()).toEqual([]);
}

describe("a mail server in trouble", () => {
  test("that is down loses nothing: the mail goes when it is back", async () => {
    const down = await mailServer();
    await down.close();
    await enqueueMail(order, database.db);
    await work(down.url);
    expect(await only()).toMatchObject({ state: "waiting", lastError: "ESOCKET" });
    expect(await jobs()).toMatchObject([{ attempts: 1 }]);
    const server = await started(mailServer);
    await work(server.url);
    expect(server.received).toHaveLength(1);
    expect((await only()).state).toBe("sent");
  });

  test("that is not there yet costs no try", async () => {
    await enqueueMail(order, database.db);
    await work(undefined);
    expect(await only()).toMatchObject({ state: "waiting", lastError: null });
    expect(await jobs()).toMatchObject([{ attempts: 0 }]);
  });

  test("that says later is asked again", async () => {
    let tries = 0;
    const server = await started(mailServer, {
      onRcptTo: (_address, _session, done) => {
        tries += 1;
        done(tries === 1 ? Object.assign(new Error("4.2.1 busy"), { responseCode: 450 }) : null);
      },
    });
    await enqueueMail(order, database.db);
    await work(server.url);
    expect(await only()).toMatchObject({ state: "waiting", lastError: "EENVELOPE 450 4.2.1" });
    await work(server.url);
    expect(server.received).toHaveLength(1);
    expect((await only()).state).toBe("sent");
  });

  test("that refuses the recipient is not asked again, and staff can see it", async () => {
    const server = await started(mailServer, {
      onRcptTo: ({ address: to }, _session, done) =>
        done(Object.assign(new Error(`5.1.1 <${to}> unknown`), { responseCode: 550 })),
    });
    await enqueueMail(order, database.db);
    await work(server.url);
    expect(await only()).toMatchObject({ state: "failed", lastError: "EENVELOPE 550 5.1.1" });
    expect(await jobs()).toEqual([]);
  });

  const hangs = {
    "before a word": null,
    "after its greeting": "EHLO",
    "at the sender": "MAIL",
    "at the recipient": "RCPT",
    "when it should say go": "DATA",
    "in the middle of the mail": "Subject:",
    "after the mail": ".",
  } as const;

  test.each(Object.entries(hangs))(
    "that hangs %s is left in time, and the mail goes once when it is well",
    async (_when, at) => {
      const server = await scriptedServer((line, socket) => {
        const stops = at === null ? line === null : line === at || line?.startsWith(`${at} `);
        if (stops || dumb.has(socket)) dumb.add(socket);
        else socket.write(plainReply(line));
      });
      closers.push(server.close);
      await enqueueMail(order, database.db);
      await work(server.url, 500);
      expect(await only()).toMatchObject({ state: "waiting", lastError: "ETIMEDOUT" });
      await goesOnce();
    },
  );

  const notNow = [
    ["in its greeting", null, "421 4.3.2 not now"],
    ["to the sender", "MAIL", "451 4.7.1 not now"],
    ["to the recipient", "RCPT", "450 4.2.1 not now"],
    ["to the mail that is to come", "DATA", "451 4.3.0 not now"],
    ["to the mail", ".", "452 4.3.1 not now"],
  ] as const;

  test.each(notNow)(
    "that says not now %s for a while is asked until it takes the mail",
    async (_to, at, reply) => {
      const server = await scriptedServer((line, socket) => {
        const says = at === null ? line === null : line === at || line?.startsWith(`${at} `);
        socket.write(says ? `${reply}\r\n` : plainReply(line));
      });
      closers.push(server.close);
      await enqueueMail(order, database.db);
      for (let tries = 1; tries <= 3; tries += 1) {
        await work(server.url);
        expect(await only()).toMatchObject({ state: "waiting" });
        expect((await only()).lastError).toContain(reply.slice(0, 9));
        expect(await jobs()).toMatchObject([{ attempts: tries }]);
      }
      await goesOnce();
    },
  );

  test("that dies after the mail is asked again with the same message", async () => {
    const ids: string[] = [];
    const server = await scriptedServer((line, socket) => {
      const id = /^Message-ID: (.*)/i.exec(line ?? "")?.[1];
      if (id) ids.push(id);
      if (line === null) socket.write("220 brief\r\n");
      else if (/^EHLO/.test(line)) socket.write("250 brief\r\n");
      else if (/^(MAIL|RCPT)/.test(line)) socket.write("250 ok\r\n");
      else if (line === "DATA") socket.write("354 go\r\n");
      else if (line === ".") socket.destroy();
    });
    closers.push(server.close);
    await enqueueMail(order, database.db);
    await work(server.url);
    expect((await only()).state).toBe("waiting");
    const whole = await started(mailServer);
    await work(whole.url);
    expect(ids).toHaveLength(1);
    expect(whole.received[0]?.parsed.messageId).toBe(ids[0]);
    expect(whole.received[0]?.parsed.date).toEqual(
      new Date(Math.floor((await only()).createdAt.getTime() / 1000) * 1000),
    );
  });

  test("is given up at the last try, and no log or row ever names the person", async () => {
    const down = await mailServer();
    await down.close();
    await enqueueMail(order, database.db);
    for (let tries = 0; tries < 12; tries += 1) await work(down.url);
    expect(await only()).toMatchObject({ state: "failed", lastError: "ESOCKET" });
    expect(await jobs()).toEqual([]);
    expect(logged.join("\n")).not.toContain("canary");
    expect(JSON.stringify(await rows())).not.toContain("canary");
  });
});

describe("mails that are not sent", () => {
  test("a link that has lapsed is dropped", async () => {
    const server = await started(mailServer);
    await enqueueMail({ ...order, uselessAfter: new Date(Date.now() - 1000) }, database.db);
    await work(server.url);
    expect(server.received).toEqual([]);
    expect(await only()).toMatchObject({ state: "failed", lastError: "too-late" });
  });

  test("made-up people get none from a server out in the world", async () => {
    await enqueueMail({ ...order, to: "lia-listed@parasol.example" }, database.db);
    await work("smtp://mail.provider.net:25");
    expect(await only()).toMatchObject({ state: "failed", lastError: "made-up-address" });
  });

  test("what another key sealed cannot be read, and is given up", async () => {
    const server = await started(mailServer);
    await enqueueMail(order, database.db);
    await database.db.update(mails).set({ sealedBody: randomBytes(80).toString("base64url") });
    await work(server.url);
    expect(await only()).toMatchObject({ state: "failed", lastError: "unreadable" });
  });

  test("nobody who said never is invited, and everything else still reaches them", async () => {
    const server = await started(mailServer);
    await database.db.insert(neverContact).values({ addressHash: neverContactHash(address) });
    const params = { acceptUrl: url, neverUrl: url, community: "A Community" };
    for (const to of [address, address.toUpperCase()]) {
      await enqueueMail({ ...order, kind: "invitation", to, params }, database.db);
    }
    expect(await rows()).toEqual([]);
    await enqueueMail(order, database.db);
    await work(server.url);
    expect(server.received).toHaveLength(1);
    await database.db
      .delete(neverContact)
      .where(eq(neverContact.addressHash, neverContactHash(address)));
  });

  test("a mail whose job was lost at its last try is given up, others are left alone", async () => {
    await enqueueMail(order, database.db);
    await mendLostMails(database.db);
    expect((await only()).state).toBe("waiting");
    await database.sql`update graphile_worker._private_jobs set attempts = max_attempts`;
    await mendLostMails(database.db);
    expect(await only()).toMatchObject({ state: "failed", lastError: "lost-job" });
  });
});
