import { parsePostingKey } from '@tributary/domain';
import type { PostingKey } from '@tributary/domain';
import type { KineticRow } from '../kinetic-json.js';
import { textOf } from '../kinetic-json.js';
import { legibleKey, postingKeyColumn } from '../kinetic-keys.js';

/**
 * The marks of a listed row that may be a document of a kind: its planted key, else the short reference of one that was keyed in again by hand.
 * None when the key says that it is a document of another kind in the same table.
 */
export function marksOfKind(row: KineticRow, kind: string): string[] {
  const { plantedKey } = legibleKey(row);
  if (plantedKey !== undefined && kindOf(plantedKey) !== kind) return [];
  return [textOf(row[postingKeyColumn]) || textOf(row.ExternalID)].filter((mark) => mark !== '');
}

/** The kind in a planted key; '' for a text that is no posting key. */
function kindOf(planted: string): string {
  try {
    return parsePostingKey(planted as PostingKey).kind;
  } catch {
    return '';
  }
}
