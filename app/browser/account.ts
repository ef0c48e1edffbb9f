// What scripts add to pages with an account. Every page works without them.
import { startCounters } from "./counters.ts";
import { startDocuments } from "./documents.ts";
import { startExit } from "./exit.ts";
import { startFocus } from "./focus.ts";
import { startGuard } from "./guard.ts";
import { startPasskeys } from "./passkeys.ts";
import { startQueueKeys } from "./queue-keys.ts";
import { startRows } from "./rows.ts";
import { startUpload } from "./upload.ts";

startExit();
startFocus();
startCounters();
startRows();
startGuard();
startUpload();
startPasskeys();
startQueueKeys();
startDocuments();
