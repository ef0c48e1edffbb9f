import { revisionMove } from "#app/account/revision-move.ts";
import { discardRevision } from "#lib/revisions/withdraw-revision.ts";

export const { GET, POST } = revisionMove((actor) => discardRevision(actor));
