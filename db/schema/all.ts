import * as accounts from "./accounts.ts";
import * as audit from "./audit.ts";
import * as credentials from "./credentials.ts";
import * as directory from "./directory.ts";
import * as evidence from "./evidence.ts";
import * as jobs from "./jobs.ts";
import * as mails from "./mails.ts";
import * as profiles from "./profiles.ts";
import * as reference from "./reference.ts";
import * as vetting from "./vetting.ts";

/** Every table, for the typed client. */
export const schema = {
  ...accounts,
  ...audit,
  ...credentials,
  ...directory,
  ...evidence,
  ...jobs,
  ...mails,
  ...profiles,
  ...reference,
  ...vetting,
};
