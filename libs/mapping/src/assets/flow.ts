import type { AssetNode, Expression, Located } from './asset-reader.js';

/** Posting protocols that a step may name. */
export const protocols = ['create-once', 'ensure', 'versioned-upsert'] as const;
/** One of {@link protocols}. */
export type Protocol = (typeof protocols)[number];

/** One posting that a flow asks for. */
export interface FlowStep {
  readonly name: Located<string>;
  /** Kind of document: `customer`, `cash-receipt`. */
  readonly kind: string;
  readonly protocol: Protocol;
  readonly mapping: Located<string>;
  /** The id in the posting key. */
  readonly sourceId: Expression;
  /** The last part of the posting key, for sources that are several documents of one kind. */
  readonly part: Expression | undefined;
  readonly amount: Expression | undefined;
  readonly version: Expression | undefined;
  readonly dependsOn: readonly Located<string>[];
  readonly references: readonly FlowReference[];
  /** Parameters of the mapping. */
  readonly arguments: ReadonlyMap<string, { readonly name: Located<string>; readonly expression: Expression }>;
}

/** A field whose value is an attribute of the document that another step makes. */
export interface FlowReference {
  readonly field: Located<string>;
  readonly step: Located<string>;
  readonly attribute: string;
}

/** When a fact comes, these postings are asked for. */
export interface Flow {
  readonly name: Located<string>;
  readonly profile: Located<string>;
  readonly triggers: readonly Located<string>[];
  readonly when: Expression | undefined;
  readonly steps: readonly FlowStep[];
}

const stepKeys = [
  'name',
  'document',
  'protocol',
  'mapping',
  'sourceId',
  'part',
  'amount',
  'version',
  'dependsOn',
  'references',
  'with',
] as const;

/** Reads a flow; undefined when something is missing, and the problems say what. */
export function flowOf(root: AssetNode): Flow | undefined {
  const complete = root.keys(
    ['kind', 'name', 'description', 'profile', 'triggers', 'when', 'steps'],
    ['name', 'profile', 'triggers', 'steps'],
  );
  if (!complete) return undefined;
  const name = root.get('name')?.locatedText();
  const profile = root.get('profile')?.locatedText();
  const triggers = texts(root.get('triggers'));
  const when = root.get('when')?.expression();
  const nodes = root.get('steps')?.items() ?? [];
  const steps = nodes.map(stepOf).filter((step) => step !== undefined);
  if (nodes.length === 0) root.report('expected at least one step');
  return name && profile && steps.length === nodes.length ? { name, profile, triggers, when, steps } : undefined;
}

function stepOf(node: AssetNode): FlowStep | undefined {
  if (!node.keys(stepKeys, ['name', 'document', 'protocol', 'mapping', 'sourceId'])) return undefined;
  const name = node.get('name')?.locatedText();
  const kind = node.get('document')?.text();
  const protocol = node.get('protocol')?.text(protocols) as Protocol | undefined;
  const mapping = node.get('mapping')?.locatedText();
  const sourceId = node.get('sourceId')?.expression();
  const version = node.get('version')?.expression();
  if (protocol === 'versioned-upsert' && !version) node.report('expected the key "version": a versioned upsert needs one');
  if (protocol !== 'versioned-upsert' && version) node.get('version')?.report('expected no version: only a versioned upsert has one');
  if (!name || !kind || !protocol || !mapping || !sourceId) return undefined;
  return {
    name,
    kind,
    protocol,
    mapping,
    sourceId,
    part: node.get('part')?.expression(),
    amount: node.get('amount')?.expression(),
    version,
    dependsOn: texts(node.get('dependsOn')),
    references: (node.get('references')?.items() ?? []).map(referenceOf).filter((reference) => reference !== undefined),
    arguments: argumentsOf(node.get('with')),
  };
}

function referenceOf(node: AssetNode): FlowReference | undefined {
  if (!node.keys(['field', 'step', 'attribute'], ['field', 'step', 'attribute'])) return undefined;
  const field = node.get('field')?.locatedText();
  const step = node.get('step')?.locatedText();
  const attribute = node.get('attribute')?.text();
  return field && step && attribute ? { field, step, attribute } : undefined;
}

function argumentsOf(node: AssetNode | undefined): FlowStep['arguments'] {
  return new Map(
    (node?.entries() ?? []).flatMap(([name, value, key]) => {
      const expression = value.expression();
      return expression ? [[name, { name: key.located(name), expression }]] : [];
    }),
  );
}

function texts(node: AssetNode | undefined): Located<string>[] {
  return (node?.items() ?? []).map((item) => item.locatedText()).filter((text) => text !== undefined);
}
