// For the few reader pages whose words are sealed or opened here. Nothing is stored in the browser.
import { startExit } from "./exit.ts";
import { startFocus } from "./focus.ts";
import { startArmoured } from "./letters/armoured.ts";
import { startReplies } from "./letters/replies.ts";
import { startWayBack } from "./letters/way-back.ts";
import { startWrite } from "./letters/write.ts";

startExit();
startFocus();
startArmoured();
startWrite();
startReplies();
startWayBack();
