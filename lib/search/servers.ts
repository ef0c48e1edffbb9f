/** One Meilisearch of those in MEILI_URL. */
export type SearchServer = {
  /**
   * What it is called in tables, jobs and logs: host, port and path, so that its place in the list
   * means nothing, and a password in its address goes nowhere.
   */
  name: string;
  url: string;
  apiKey?: string | undefined;
};

/** Names stand in the names of jobs, which have a limit. */
const longestName = 100;

/** The search servers of the environment, in its order; none when MEILI_URL is unset. */
export function searchServers({
  MEILI_URL,
  MEILI_MASTER_KEY: apiKey,
}: {
  MEILI_URL?: string | undefined;
  MEILI_MASTER_KEY?: string | undefined;
}): SearchServer[] {
  if (!MEILI_URL) return [];
  return addressesIn(MEILI_URL).map((url) => ({ name: nodeName(url), url, apiKey }));
}

/** What is wrong with a list of addresses, in words; null when it can be used. */
export function faultInAddresses(list: string): string | null {
  const names = new Set<string>();
  for (const [position, address] of addressesIn(list).entries()) {
    const which = `address ${position + 1}`;
    if (address === "")
      return `${which} is blank: write one address, or several with one comma between`;
    if (!isHttp(address)) return `${which} is no http or https address`;
    const name = nodeName(address);
    if (name.length > longestName) return `${which} is longer than ${longestName} characters`;
    if (names.has(name)) return `${which} stands there twice`;
    names.add(name);
  }
  return null;
}

function addressesIn(list: string): string[] {
  return list.split(",").map((address) => address.trim());
}

function isHttp(address: string): boolean {
  const url = URL.canParse(address) ? new URL(address) : null;
  return url !== null && /^https?:$/.test(url.protocol) && /^https?:\/\//i.test(address);
}

function nodeName(address: string): string {
  const { protocol, hostname, port, pathname } = new URL(address);
  const known = port || (protocol === "https:" ? "443" : "80");
  return `${hostname}:${known}${pathname.replace(/\/+$/, "")}`;
}
