/** What the index is called on every node. */
export const indexName = "therapists";
