import type { ChainSetting, Kind } from './state.js';

const lines = ['line 1', 'line 2'];
const invoice: Kind = { name: 'invoice', group: 'invoices', lines };
const receipt: Kind = { name: 'receipt', group: 'cash', lines: [], refersTo: [0] };
const application: Kind = { name: 'application', group: 'applications', assigned: true, lines: [], settles: [0, 1] };

const chain = [invoice, receipt, application];
const shared: Kind = { name: 'receipt', group: 'invoices', lines: [] };
const journal: Kind = { name: 'journal', lines: [] };
const clearing: Kind = { name: 'application', group: 'applications', lines: [], settles: [0] };

/** What `npm run sim -- --model` explores of documents with lines, needs and releases: every reachable state. */
export const chainSettings: readonly ChainSetting[] = [
  { name: 'chain of three: invoice, receipt, application', documents: chain, workers: 2, faults: 1 },
  { name: 'one invoice of two lines', documents: [invoice], workers: 2, faults: 2 },
  { name: 'invoice with a refused line', documents: [{ ...invoice, refused: 'line 2' }], workers: 2, faults: 2 },
  { name: 'two documents in one batch', documents: [invoice, shared], workers: 2, faults: 1 },
  { name: 'batch that comes with the save', documents: [{ ...invoice, assigned: true }], workers: 2, faults: 2 },
  { name: 'chain without batch: saving is releasing', documents: [journal, clearing], workers: 2, faults: 1 },
];

/** The same with one fault more each, for `--full`. */
export const fullChainSettings: readonly ChainSetting[] = chainSettings.map((one) => ({ ...one, faults: one.faults + 1 }));
