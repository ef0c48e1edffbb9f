import { itemContext } from "#lib/cases/rules.ts";
import { readConfig } from "#lib/config.ts";
import { seal } from "#lib/sealing/seal.ts";
import type { AskedItem, ItemRow } from "./rows.ts";

/** Questions as they are kept. Without a key to seal them with there are none. */
export function sealItems(items: readonly AskedItem[]): ItemRow[] {
  if (items.length === 0 || !readConfig().MASTER_KEY) return [];
  return items.map(({ question, ...item }) => ({
    ...item,
    sealedQuestion: seal(question, itemContext(item.id)),
  }));
}
