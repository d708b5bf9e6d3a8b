import type { AssetNode, Expression, Located } from './asset-reader.js';
import { inputOf, namedExpressions } from './input-tree.js';
import type { InputRecord, NamedExpression } from './input-tree.js';
import { effectOf, needOf } from './flow-need.js';
import type { FlowEffect, FlowNeed } from './flow-need.js';

/** Posting protocols that a step may name. */
export const protocols = ['create-once', 'ensure', 'versioned-upsert'] as const;
/** One of {@link protocols}. */
export type Protocol = (typeof protocols)[number];

/** One posting that a flow requests. */
export interface FlowStep {
  readonly name: Located<string>;
  /** Kind of document: `customer`, `cash-receipt`. */
  readonly kind: string;
  readonly place: Located<string>;
  /** Variant of a canonical document that has a mapping of its own: `inactive`. */
  readonly variant: string | undefined;
  readonly protocol: Protocol;
  readonly when: Expression | undefined;
  /** Requests one posting for each element of a list; the postings differ in `part`. */
  readonly forEach: { readonly list: Expression; readonly as: string } | undefined;
  /** The id of the source object in the posting key. */
  readonly sourceId: Expression;
  /** The last part of the posting key, for source objects with several documents of one kind. */
  readonly part: Expression | undefined;
  readonly amount: Expression | undefined;
  readonly version: Expression | undefined;
  readonly dependsOn: readonly Located<string>[];
  readonly references: readonly FlowReference[];
  readonly needs: readonly FlowNeed[];
  readonly effect: readonly FlowEffect[];
  readonly release: boolean | undefined;
  /** The mapping, when the flow posts to a single profile; undefined for canonical documents. */
  readonly mapping: Located<string> | undefined;
  /** Parameters of the mapping. */
  readonly arguments: ReadonlyMap<string, NamedExpression>;
  /** The canonical document; undefined when the step names a mapping. */
  readonly input: InputRecord | undefined;
}

/** A field whose value is an attribute of the document of another step. */
export interface FlowReference {
  readonly field: Located<string>;
  readonly step: Located<string>;
  readonly attribute: string;
}

const stepKeys = [
  'name',
  'document',
  'variant',
  'protocol',
  'when',
  'forEach',
  'as',
  'mapping',
  'sourceId',
  'part',
  'amount',
  'version',
  'dependsOn',
  'references',
  'needs',
  'with',
  'input',
  'effect',
  'release',
] as const;

/** Reads a step; undefined when required parts are missing, which is added to the problems. */
export function stepOf(node: AssetNode): FlowStep | undefined {
  if (!node.keys(stepKeys, ['name', 'document', 'protocol', 'sourceId'])) return undefined;
  const name = node.get('name')?.locatedText();
  const kind = node.get('document')?.locatedText();
  const protocol = node.get('protocol')?.text(protocols) as Protocol | undefined;
  const sourceId = node.get('sourceId')?.expression();
  const version = node.get('version')?.expression();
  if (protocol === 'versioned-upsert' && !version) node.report('expected the key "version": a versioned upsert needs one');
  if (protocol !== 'versioned-upsert' && version) node.get('version')?.report('expected no version: only a versioned upsert has one');
  const mapping = node.get('mapping')?.locatedText();
  const input = node.get('input');
  if (!mapping && !input) node.report('expected the key "mapping" (with "with"), or "input" for a canonical document');
  if (mapping && input) input.report('expected either "mapping" or "input"');
  if (!name || !kind || !protocol || !sourceId || (!mapping && !input)) return undefined;
  return {
    name,
    kind: kind.value,
    place: kind,
    variant: node.get('variant')?.text(),
    protocol,
    when: node.get('when')?.expression(),
    forEach: forEachOf(node),
    mapping,
    sourceId,
    part: node.get('part')?.expression(),
    amount: node.get('amount')?.expression(),
    version,
    dependsOn: texts(node.get('dependsOn')),
    references: (node.get('references')?.items() ?? []).map(referenceOf).filter((reference) => reference !== undefined),
    needs: (node.get('needs')?.items() ?? []).map(needOf).filter((need) => need !== undefined),
    effect: (node.get('effect')?.items() ?? []).map(effectOf).filter((line) => line !== undefined),
    release: node.get('release')?.boolean(),
    arguments: namedExpressions(node.get('with')),
    input: input && inputOf(input),
  };
}

function forEachOf(node: AssetNode): FlowStep['forEach'] {
  const list = node.get('forEach')?.expression();
  const as = node.get('as')?.text();
  if (list && !as) node.report('expected the key "as": the name of the element in the expressions of the step');
  if (list && !node.get('part')) node.report('expected the key "part": it tells the postings of the elements apart');
  return list && as ? { list, as } : undefined;
}

function referenceOf(node: AssetNode): FlowReference | undefined {
  if (!node.keys(['field', 'step', 'attribute'], ['field', 'step', 'attribute'])) return undefined;
  const field = node.get('field')?.locatedText();
  const step = node.get('step')?.locatedText();
  const attribute = node.get('attribute')?.text();
  return field && step && attribute ? { field, step, attribute } : undefined;
}

/** The texts of a list, with their positions. */
export function texts(node: AssetNode | undefined): Located<string>[] {
  return (node?.items() ?? []).map((item) => item.locatedText()).filter((text) => text !== undefined);
}
