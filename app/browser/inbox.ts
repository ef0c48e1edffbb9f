// For the pages where a therapist makes keys and opens letters. Nothing is stored in the browser.
import { startExit } from "./exit.ts";
import { startFocus } from "./focus.ts";
import { startInbox } from "./inbox/inbox.ts";
import { startNewKey } from "./inbox/new-key.ts";
import { startRewrap } from "./inbox/rewrap.ts";
import { startSnippet } from "./inbox/snippet.ts";

startExit();
startFocus();
startInbox();
startNewKey();
startRewrap();
startSnippet();
