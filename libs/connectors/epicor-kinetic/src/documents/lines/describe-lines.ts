import type { ErpDocument } from '@tributary/connector-kit';
import type { KineticCall } from '../../kinetic-client.js';
import type { KineticConfig } from '../../kinetic.config.js';
import type { LinedDocument } from './lined-document.js';
import { merged, repairsOf } from './repair.js';
import { callOf, unitsOfDocument } from './write-lines.js';

/**
 * The calls that enter a new document with lines. In steps, lines name their header by the number 0, which stands for the number that the call
 * before is answered with.
 * @param group what stands for the group of a document that has none yet.
 */
export function describeLined(document: ErpDocument, how: LinedDocument, config: KineticConfig, group: string): KineticCall[] {
  const groupId = document.batchId ?? group;
  const head = { [how.headTable]: [how.headRow(document, groupId, {})] };
  const lines = repairsOf(document, how, unitsOfDocument(document, how), [], undefined).map(({ rows }) => rows);
  const text = `enters the ${how.what}; the header also has the defaults that Kinetic proposes`;
  if (config.writes !== 'steps') return [callOf(how, merged([head, ...lines]), groupId, config, text)];
  const of = `adds a line; the number 0 is that of the ${how.what} that the first call made`;
  return [callOf(how, head, groupId, config, text), ...lines.map((rows) => callOf(how, rows, groupId, config, of))];
}
