import type { ClaimType, EvidenceSubject, RevisionState } from "#db/vocabulary.ts";

/** What a document is shown for; `claimId` is null where a therapist has one such claim only. */
export type ClaimRef = { subject: EvidenceSubject; claimId: string | null };

export const evidenceLimits = {
  fileBytes: 10 * 1024 * 1024,
  pages: 20,
  pixels: 50_000_000,
  perClaim: 5,
  perTherapist: 40,
} as const;

/** What browsers offer to choose from. What a file is, its bytes say. */
export const documentTypes = ["application/pdf", "image/jpeg", "image/png"] as const;
export type DocumentType = (typeof documentTypes)[number];

/** Pixels of a portrait's sides: what pages show at 96 and 320, at twice the density. */
export const photoSizes = [192, 640] as const;
export const photoFormats = ["avif", "webp", "jpg"] as const;

/** Why a file was not taken: keys under `forms.error` in the message files. */
export const fileProblems = [
  "not-a-document",
  "too-large",
  "empty",
  "too-many-pages",
  "locked",
  "too-many-pixels",
  "broken",
  "took-too-long",
] as const;
export type FileProblem = (typeof fileProblems)[number];

/** A file that we do not take, and why. */
export class FileError extends Error {
  override readonly name = "FileError";
  readonly code: FileProblem;

  constructor(code: FileProblem) {
    super(code);
    this.code = code;
  }
}

/** Documents come and go with the words they belong to: not while those lie with the moderators. */
export function mayChangeEvidence(openState: RevisionState | null): boolean {
  return openState !== "submitted";
}

/** One more can always join when moderators ask about the claim. */
export function mayAddEvidence(claim: {
  openState: RevisionState | null;
  asked: boolean;
}): boolean {
  return claim.asked || mayChangeEvidence(claim.openState);
}

const subjectOf: Record<ClaimType, EvidenceSubject | null> = {
  identity: "identity",
  discipline: "identity",
  exclusion: "identity",
  credential: "credential",
  supervision: "credential",
  training: "training",
  insurance: "insurance",
  "practice-statements": null,
};

type Look = { claimType: ClaimType; credentialId: string | null; trainingId: string | null };

/** Where documents go that a look asks for; null where only words can answer. */
export function documentsOf({ claimType, credentialId, trainingId }: Look): ClaimRef | null {
  const subject = subjectOf[claimType];
  if (subject === null) return null;
  if (subject === "identity" || subject === "insurance") return { subject, claimId: null };
  const claimId = subject === "credential" ? credentialId : trainingId;
  return claimId === null ? null : { subject, claimId };
}

const endings: Record<DocumentType, string> = {
  "application/pdf": "pdf",
  "image/jpeg": "jpg",
  "image/png": "png",
};

const NAME_LENGTH = 100;

/** A file name that is safe to show and to save, with the ending of what the file became. */
export function safeName(given: string, mediaType: DocumentType): string {
  const last = given.toWellFormed().split(/[/\\]/).at(-1) ?? "";
  const plain = last
    .normalize("NFC")
    // Control and format characters, among them those that turn the direction of writing.
    .replaceAll(/[\p{Cc}\p{Cf}\p{Co}\p{Cn}\u2028\u2029]/gu, "")
    .replaceAll(/[<>:"|?*]/g, "_")
    .replaceAll(/\s+/g, " ");
  const stem = plain.replace(/\.[^.]{1,5}$/, "").replaceAll(/^[. ]+|[. ]+$/g, "");
  return `${[...stem].slice(0, NAME_LENGTH).join("") || "document"}.${endings[mediaType]}`;
}

/** What each part of a document is sealed as: it opens as that, and as nothing else. */
export const bytesContext = (id: string) => `evidence:${id}`;
export const keyContext = (id: string) => `evidence-key:${id}`;
export const nameContext = (id: string) => `evidence-name:${id}`;
