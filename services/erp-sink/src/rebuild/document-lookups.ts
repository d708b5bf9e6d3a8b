import { ErpDuplicateDocumentError } from '@tributary/connector-kit';
import type { ErpConnector, ErpFound, ErpLineHandle, ErpListedDocument } from '@tributary/connector-kit';
import type { PostingKey } from '@tributary/domain';
import { payloadsOf } from '@tributary/persistence';
import { isUnsettled } from './decide/request-history.js';
import { documentRows } from './document-rows.js';
import type { ErpEvidenceOptions } from './erp-evidence-options.js';
import { evidencePages } from './evidence-pages.js';
import { patiently, pause } from './patiently.js';
import { insertRows } from './staging.js';

/** A posting without a known outcome, with the lines of a complete document. */
export interface OpenKey {
  readonly key: PostingKey;
  readonly kind: string;
  readonly lines: readonly ErpLineHandle[];
}

/** Postings whose outcome neither the topics nor the listing shows. */
export async function unsettledKeys(options: ErpEvidenceOptions): Promise<OpenKey[]> {
  const open: OpenKey[] = [];
  for await (const page of evidencePages(options))
    for (const evidence of page)
      if (!evidence.documents?.length && isUnsettled(evidence)) {
        const lines = evidence.requests.at(-1)?.value.lines ?? [];
        open.push({ key: evidence.postingKey as PostingKey, kind: evidence.kind, lines });
      }
  return open;
}

/** Looks up each posting and stores what the target shows. */
export async function findEach(options: ErpEvidenceOptions, keys: readonly OpenKey[]): Promise<void> {
  const { connector, database, target, concurrency, perSecond, signal } = options;
  const queue = [...keys];
  const startedAt = Date.now();
  let asked = 0;
  const lane = async (): Promise<void> => {
    for (let one = queue.shift(); one !== undefined; one = queue.shift()) {
      const { key, kind, lines } = one;
      await pause(startedAt + (asked++ * 1_000) / perSecond - Date.now(), signal);
      const found = await patiently(signal, () => documentsByKey(connector, one, signal));
      const marks = connector.marksOf?.(key, kind) ?? [key];
      const shown = found.map(({ reference, complete, missing }): ErpListedDocument => ({
        reference,
        released: false,
        marks: marks.slice(0, 1),
        lineKeys: lines.map((line) => line.key).filter((line) => !missing.includes(line)),
        complete,
      }));
      await insertRows(database.manager, ...documentRows(payloadsOf(database), target, kind, shown));
      options.onProgress('look-ups', asked);
    }
  };
  await Promise.all(Array.from({ length: Math.min(concurrency, keys.length) }, lane));
}

/** Two documents with one key are reported as a conflict, not thrown: the rebuild continues. */
async function documentsByKey(connector: ErpConnector, { key, kind, lines }: OpenKey, signal: AbortSignal): Promise<ErpFound[]> {
  try {
    const found = await connector.find(key, kind, signal, lines);
    return found ? [found] : [];
  } catch (error) {
    if (!(error instanceof ErpDuplicateDocumentError)) throw error;
    return (error.context.found ?? 'one, another')
      .split(', ')
      .map((document) => ({ reference: { document }, complete: true, missing: [] }));
  }
}
