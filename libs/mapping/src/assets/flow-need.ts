import type { AssetNode, Expression, Located } from './asset-reader.js';
import { isoDurationMs } from './iso-duration.js';

/** A document that has to exist before a step is posted: the document of an earlier step, or any document, given by its kind and source. */
export interface FlowNeed {
  readonly place: Located<string>;
  readonly step: Located<string> | undefined;
  readonly document: string | undefined;
  readonly sourceId: Expression | undefined;
  readonly part: Expression | undefined;
  readonly when: Expression | undefined;
  readonly until: 'saved' | 'released';
  readonly ifNeverAsked: 'wait' | 'hold' | 'without';
  readonly afterMs: bigint;
}

/** One line of a document's effect on the books. */
export interface FlowEffect {
  readonly role: Located<string>;
  readonly side: 'debit' | 'credit';
  readonly amount: Expression;
}

/** Reads a need; undefined when required parts are missing, which is added to the problems. */
export function needOf(node: AssetNode): FlowNeed | undefined {
  const ofStep = node.get('step') !== undefined;
  const keys = ofStep ? ['step', 'until', 'when'] : ['document', 'sourceId', 'part', 'until', 'ifNeverAsked', 'after', 'when'];
  if (!node.keys(keys, ofStep ? ['step', 'until'] : ['document', 'sourceId', 'until', 'ifNeverAsked'])) return undefined;
  const until = node.get('until')?.text(['saved', 'released']) as FlowNeed['until'] | undefined;
  const ifNeverAsked = (ofStep ? 'wait' : node.get('ifNeverAsked')?.text(['wait', 'hold', 'without'])) as
    FlowNeed['ifNeverAsked'] | undefined;
  const after = node.get('after');
  if (!ofStep && ifNeverAsked !== 'wait' && !after) node.report('expected the key "after": how long it is waited for, like P2D or PT1H');
  if (after && ifNeverAsked === 'wait') after.report('expected no "after": "wait" goes on waiting');
  const afterMs = after ? isoDurationMs(after) : 0n;
  if (!until || !ifNeverAsked || afterMs === undefined) return undefined;
  return {
    place: node.located('need'),
    step: node.get('step')?.locatedText(),
    document: node.get('document')?.text(),
    sourceId: node.get('sourceId')?.expression(),
    part: node.get('part')?.expression(),
    when: node.get('when')?.expression(),
    until,
    ifNeverAsked,
    afterMs,
  };
}

/** Reads a line of an effect; undefined when required parts are missing, which is added to the problems. */
export function effectOf(node: AssetNode): FlowEffect | undefined {
  if (!node.keys(['role', 'debit', 'credit'], ['role'])) return undefined;
  const role = node.get('role')?.locatedText();
  const debit = node.get('debit')?.expression();
  const credit = node.get('credit')?.expression();
  const amount = debit ?? credit;
  if (!amount || (debit && credit)) return node.report('expected exactly one of "debit" and "credit"');
  return role && { role, side: debit ? 'debit' : 'credit', amount };
}
