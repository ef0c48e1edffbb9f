import { revisionMove } from "#app/account/revision-move.ts";
import { withdrawRevision } from "#lib/revisions/withdraw-revision.ts";

export const { GET, POST } = revisionMove((actor) => withdrawRevision(actor));
