import { ErpDuplicateDocumentError, ErpSilentError, ErpUnauthorisedError } from '../../errors.js';
import type { ConformanceCase } from '../case.js';
import { anyRole, created } from '../case.js';
import type { Fault } from '../harness.js';
import type { Suite } from '../suite.js';
import { aPosted, connectorOf, kindOf, needed, patience } from '../suite.js';

const shortTimeoutMs = 500;
/** The posting key of a document that was never posted. */
const aKey = (suite: Suite, kind: string) => kindOf(suite, kind).valid(suite.nextId(kind), {}).postingKey;

function silentAfter(fault: Fault): ConformanceCase {
  return {
    title: `throws ErpSilentError after ${fault}, never undefined`,
    roles: anyRole,
    async run(suite, kind) {
      await suite.harness().fault({ find: kind }, fault);
      const impatient = connectorOf(suite, { callTimeoutMs: shortTimeoutMs });
      await expect(impatient.find(aKey(suite, kind), kind, patience())).rejects.toThrow(ErpSilentError);
    },
  };
}

/** Cases of look-ups: an absent document is told apart from a missing answer, and two documents are reported. */
export const lookUpsCases: readonly ConformanceCase[] = [
  {
    title: 'that was never posted is undefined',
    roles: anyRole,
    async run(suite, kind) {
      expect(await connectorOf(suite).find(aKey(suite, kind), kind, patience())).toBeUndefined();
    },
  },
  {
    title: 'that was never posted is undefined also where others were',
    roles: anyRole,
    async run(suite, kind) {
      await aPosted(suite, kind);
      expect(await connectorOf(suite).find(aKey(suite, kind), kind, patience())).toBeUndefined();
    },
  },
  ...(['silence', 'refuse', 'server-error'] as const).map(silentAfter),
  {
    title: 'throws ErpSilentError when nobody listens',
    roles: anyRole,
    async run(suite, kind) {
      const lookUp = connectorOf(suite, { unreachable: true }).find(aKey(suite, kind), kind, patience());
      await expect(lookUp).rejects.toThrow(ErpSilentError);
    },
  },
  {
    title: 'that is given up before it began throws ErpSilentError',
    roles: anyRole,
    async run(suite, kind) {
      await expect(connectorOf(suite).find(aKey(suite, kind), kind, AbortSignal.abort())).rejects.toThrow(ErpSilentError);
    },
  },
  {
    title: 'with a wrong password throws ErpUnauthorisedError',
    roles: anyRole,
    async run(suite, kind) {
      const lookUp = connectorOf(suite, { wrongPassword: true }).find(aKey(suite, kind), kind, patience());
      await expect(lookUp).rejects.toThrow(ErpUnauthorisedError);
    },
  },
  {
    title: 'that is there twice is reported, not chosen from',
    roles: created,
    async run(suite, kind) {
      const { document } = await aPosted(suite, kind);
      await needed(suite, kind, 'duplicate')(document.postingKey);
      await expect(connectorOf(suite).find(document.postingKey, kind, patience())).rejects.toThrow(ErpDuplicateDocumentError);
    },
  },
];
