import * as accounts from "./accounts.ts";
import * as audit from "./audit.ts";
import * as cases from "./cases.ts";
import * as credentials from "./credentials.ts";
import * as decisions from "./decisions.ts";
import * as directory from "./directory.ts";
import * as enquiries from "./enquiries.ts";
import * as evidence from "./evidence.ts";
import * as jobs from "./jobs.ts";
import * as keys from "./keys.ts";
import * as mails from "./mails.ts";
import * as playbooks from "./playbooks.ts";
import * as profiles from "./profiles.ts";
import * as reference from "./reference.ts";
import * as registers from "./registers.ts";
import * as reports from "./reports.ts";
import * as vetting from "./vetting.ts";

/** Every table, for the typed client. */
export const schema = {
  ...accounts,
  ...audit,
  ...cases,
  ...credentials,
  ...decisions,
  ...directory,
  ...enquiries,
  ...evidence,
  ...jobs,
  ...keys,
  ...mails,
  ...playbooks,
  ...profiles,
  ...reference,
  ...registers,
  ...reports,
  ...vetting,
};
