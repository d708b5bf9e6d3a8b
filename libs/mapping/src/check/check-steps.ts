import { documentKinds, fieldOf } from '@tributary/contracts';
import type { Flow } from '../assets/flow.js';
import type { FlowStep } from '../assets/flow-step.js';
import type { MappingDocument } from '../assets/mapping-document.js';
import type { PostingProfile } from '../assets/posting-profile.js';
import type { AssetLanguage } from '../language.js';
import { isDocumentKind } from '../language-documents.js';
import { mappingKey, ownCapabilities } from '../mapping-choice.js';
import type { AssetProblem } from '../problem.js';
import { profilesOf } from '../profiles-of.js';
import { problemAt, unknownName } from './asset-index.js';
import type { AssetIndex } from './asset-index.js';

/** Checks the steps of a flow against each other and against their mappings. */
export function checkSteps(flow: Flow, assets: AssetIndex): AssetProblem[] {
  return flow.steps.flatMap((step, index) => {
    const earlier = flow.steps.slice(0, index);
    const before = earlier.map((other) => other.name.value);
    const again = before.includes(step.name.value);
    const named = [
      ...step.dependsOn,
      ...step.references.map((reference) => reference.step),
      ...step.needs.flatMap((need) => need.step ?? []),
    ];
    return [
      ...(again ? [problemAt(step.name, `expected each step name once; "${step.name.value}" is there again`)] : []),
      ...named.flatMap((name) => unknownName(name, 'earlier step', before)),
      ...(step.mapping ? mappingProblems(step, assets) : documentProblems(flow, step, assets)),
    ];
  });
}

/**
 * Problems of a step with a canonical document: its kind has to be known, and every target of the flow needs a mapping for it unless the
 * step asks can(), or asks that the target cannot what its profile says it can.
 */
function documentProblems(flow: Flow, step: FlowStep, { mappings, profiles }: AssetIndex): AssetProblem[] {
  if (!isDocumentKind(step.kind)) return unknownName(step.place, 'kind of document', [...documentKinds]);
  const withArguments =
    step.arguments.size > 0 ? [problemAt(step.name, 'expected "input", not "with": the document has a mapping for each target')] : [];
  const missing = profilesOf(flow, profiles).flatMap((profile) => {
    const { books, name, path } = profile;
    if (isAsked(step, profile)) return [];
    if (books.erp === undefined)
      return [problemAt({ ...name, path }, `expected the key "erp": flow ${flow.name.value} maps documents for it`)];
    const key = mappingKey(books.erp, step.kind, step.variant);
    if (mappings.has(key)) return [];
    const variant = step.variant === undefined ? '' : ` and "variant: ${step.variant}"`;
    const message = `expected a mapping with "document: ${step.kind}"${variant} and a shape of ${books.erp}; profile ${name.value} needs it`;
    return [{ ...problemAt(step.place, message), missing: { kind: 'mapping' as const, name: key } }];
  });
  return [...withArguments, ...missing];
}

/** Whether the condition of a step leaves out targets without a mapping, or this profile altogether. */
function isAsked(step: FlowStep, profile: PostingProfile): boolean {
  const asked = [...(step.when?.text ?? '').matchAll(/(!?)\s*can\('([^']*)'\)/g)];
  const own = ownCapabilities(profile);
  // With `creditMemo: rma` an entry pays the refund out, and its memo is a document all the same.
  const isMemo = step.kind === 'credit-memo' && profile.books.settings.get('creditMemo') === 'rma';
  return asked.some(([, not, name]) => not === '' || (own.has(name ?? '') && !isMemo));
}

function mappingProblems(step: FlowStep, { mappings, language }: AssetIndex): AssetProblem[] {
  if (!step.mapping) return [];
  const mapping = mappings.get(step.mapping.value);
  const byName = [...mappings].filter(([, { document }]) => !document).map(([name]) => name);
  if (!mapping) return unknownName(step.mapping, 'mapping', byName);
  return [...parameterProblems(step, mapping), ...fieldProblems(step, mapping, language)];
}

function parameterProblems(step: FlowStep, mapping: MappingDocument): AssetProblem[] {
  const parameters = [...mapping.parameters.keys()];
  const missing = parameters.filter((parameter) => !step.arguments.has(parameter));
  return [
    ...[...step.arguments.values()].flatMap(({ name }) => unknownName(name, `parameter of mapping ${mapping.name.value}`, parameters)),
    ...missing.map((parameter) => problemAt(step.name, `expected "${parameter}" under "with": mapping ${mapping.name.value} needs it`)),
  ];
}

function fieldProblems(step: FlowStep, mapping: MappingDocument, language: AssetLanguage): AssetProblem[] {
  const shape = language.shapes.get(mapping.shape.value);
  if (!shape) return [];
  const referenced = step.references.map((reference) => reference.field.value);
  const required = Object.entries(shape.fields)
    .filter(([, field]) => field.required)
    .map(([name]) => name);
  const missing =
    step.protocol === 'versioned-upsert' ? [] : required.filter((name) => !mapping.fields.has(name) && !referenced.includes(name));
  return [
    ...step.references.flatMap(({ field }) =>
      fieldOf(shape, field.value) ? [] : unknownName(field, `field of ${mapping.shape.value}`, Object.keys(shape.fields)),
    ),
    ...missing.map((name) =>
      problemAt(
        step.name,
        `expected the field ${name} from mapping ${mapping.name.value} or a reference: ${mapping.shape.value} requires it`,
      ),
    ),
  ];
}
