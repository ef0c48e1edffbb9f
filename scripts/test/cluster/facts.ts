/** What the proof of many processes is told beside the up file, in `cluster.json`. */
export type ClusterFacts = {
  /** Each web process without the proxy, such as `http://127.0.0.1:3001`. */
  webs: string[];
  /** The streaming replica, for the owner of the tables. */
  replicaUrl: string;
  /** Where PgBouncer listens, before the primary, for the site's role. */
  poolerUrl: string;
};
