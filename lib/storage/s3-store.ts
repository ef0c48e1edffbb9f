import {
  DeleteObjectCommand,
  GetObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
} from "@aws-sdk/client-s3";
import type { Config } from "#lib/config.ts";
import { SetupError, UnavailableError } from "#lib/errors.ts";
import type { Store, Stored } from "./store.ts";

const CONNECT_MS = 3_000;
const ANSWER_MS = 20_000;

type S3Settings = Pick<
  Config,
  "S3_ENDPOINT" | "S3_REGION" | "S3_ACCESS_KEY_ID" | "S3_SECRET_ACCESS_KEY"
>;

/** A bucket of any store that speaks S3. @param address `s3://bucket/prefix` */
export function s3Store(address: string, settings: S3Settings): Store {
  const { hostname: Bucket, pathname } = new URL(address);
  const folder = pathname.replaceAll(/^\/+|\/+$/g, "");
  const keyOf = (ref: string) => (folder ? `${folder}/${ref}` : ref);
  const client = new S3Client(clientSettings(settings));
  return {
    put: async (ref, bytes) => {
      await answering(
        client.send(new PutObjectCommand({ Bucket, Key: keyOf(ref), Body: Buffer.from(bytes) })),
      );
    },
    get: (ref) =>
      answering(
        client
          .send(new GetObjectCommand({ Bucket, Key: keyOf(ref) }))
          .then(({ Body }) => Body?.transformToByteArray())
          .then((bytes) => (bytes ? Buffer.from(bytes) : null), nullWhereNothingIs),
      ),
    delete: async (ref) => {
      await answering(client.send(new DeleteObjectCommand({ Bucket, Key: keyOf(ref) })));
    },
    list: (prefix) => answering(listAll(client, Bucket, keyOf(prefix), keyOf("").length)),
  };
}

function clientSettings(settings: S3Settings) {
  const { S3_ENDPOINT, S3_REGION, S3_ACCESS_KEY_ID, S3_SECRET_ACCESS_KEY } = settings;
  if (!S3_ACCESS_KEY_ID !== !S3_SECRET_ACCESS_KEY) {
    throw new SetupError("S3_ACCESS_KEY_ID and S3_SECRET_ACCESS_KEY are needed both, or neither.");
  }
  return {
    region: S3_REGION,
    ...(S3_ENDPOINT && { endpoint: S3_ENDPOINT }),
    ...(S3_ACCESS_KEY_ID &&
      S3_SECRET_ACCESS_KEY && {
        credentials: { accessKeyId: S3_ACCESS_KEY_ID, secretAccessKey: S3_SECRET_ACCESS_KEY },
      }),
    forcePathStyle: true,
    maxAttempts: 2,
    // Many stores know no other checksum than the one that is part of the signature.
    requestChecksumCalculation: "WHEN_REQUIRED" as const,
    responseChecksumValidation: "WHEN_REQUIRED" as const,
    requestHandler: {
      connectionTimeout: CONNECT_MS,
      requestTimeout: ANSWER_MS,
      throwOnRequestTimeout: true,
    },
  };
}

async function listAll(
  client: S3Client,
  Bucket: string,
  Prefix: string,
  skip: number,
): Promise<Stored[]> {
  const found: Stored[] = [];
  let ContinuationToken: string | undefined;
  do {
    const answer = await client.send(
      new ListObjectsV2Command({ Bucket, Prefix, ...(ContinuationToken && { ContinuationToken }) }),
    );
    for (const { Key, LastModified } of answer.Contents ?? []) {
      if (Key && LastModified) found.push({ ref: Key.slice(skip), storedAt: LastModified });
    }
    ContinuationToken = answer.NextContinuationToken;
  } while (ContinuationToken);
  return found;
}

function nullWhereNothingIs(error: unknown): null {
  if (error instanceof Error && error.name === "NoSuchKey") return null;
  throw error;
}

async function answering<T>(asked: Promise<T>): Promise<T> {
  try {
    return await asked;
  } catch (error) {
    throw new UnavailableError("storage", { cause: error });
  }
}
