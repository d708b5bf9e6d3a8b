import type { Environment } from '@marcbachmann/cel-js';
import type { Expression, Located } from '../assets/asset-reader.js';
import type { Flow, FlowStep } from '../assets/flow.js';
import type { MappingDocument } from '../assets/mapping-document.js';
import { celTypeOf, flowCheckEnvironment } from '../cel/environments.js';
import { fieldOf } from '@tributary/contracts';
import type { AssetLanguage } from '../language.js';
import { didYouMean } from '../problem.js';
import type { AssetProblem } from '../problem.js';
import { checkExpression } from './check-expression.js';
import { fieldNames } from './names.js';

/** The assets that a flow may name. */
export interface AssetIndex {
  readonly language: AssetLanguage;
  readonly mappings: ReadonlyMap<string, MappingDocument>;
  readonly profiles: readonly string[];
  readonly tables: readonly string[];
}

/** Checks a flow: the names it uses are there, and its expressions fit every kind of event that triggers it. */
export function checkFlow(flow: Flow, assets: AssetIndex): AssetProblem[] {
  const problems = unknownName(flow.profile, 'profile', assets.profiles);
  if (flow.triggers.length === 0) problems.push(at(flow.name, 'expected at least one trigger'));
  for (const trigger of flow.triggers) {
    const unknown = unknownName(trigger, 'canonical event', [...assets.language.events.keys()]);
    problems.push(...unknown, ...(unknown.length > 0 ? [] : expressionProblems(flow, trigger.value, assets)));
  }
  flow.steps.forEach((step, index) => problems.push(...stepProblems(step, flow.steps.slice(0, index), assets)));
  return distinct(problems);
}

function expressionProblems(flow: Flow, eventType: string, assets: AssetIndex): AssetProblem[] {
  const record = assets.language.events.get(eventType);
  if (!record) return [];
  const environment = flowCheckEnvironment(assets.language, record);
  const names = ['event', 'eventType', ...record.fields.keys(), ...fieldNames(assets.language)];
  const check = (expression: Expression | undefined, type: string, expectedLabel: string): AssetProblem[] =>
    expression ? checkExpression(expression, { environment, types: [type], expectedLabel, names, tables: assets.tables }) : [];
  return [
    ...check(flow.when, 'bool', 'a condition'),
    ...flow.steps.flatMap((step) => [
      ...check(step.sourceId, 'string', 'text for sourceId'),
      ...check(step.part, 'string', 'text for part'),
      ...check(step.amount, 'Money', 'money for amount'),
      ...check(step.version, 'int', 'a whole number for version'),
      ...argumentProblems(step, assets, environment, names),
    ]),
  ];
}

function argumentProblems(step: FlowStep, assets: AssetIndex, environment: Environment, names: string[]): AssetProblem[] {
  const mapping = assets.mappings.get(step.mapping.value);
  if (!mapping) return [];
  return [...step.arguments].flatMap(([parameter, { expression }]) => {
    const type = mapping.parameters.get(parameter);
    if (!type) return [];
    return checkExpression(expression, {
      environment,
      types: [celTypeOf(type)],
      expectedLabel: `${type} for ${parameter}`,
      names,
      tables: assets.tables,
    });
  });
}

function stepProblems(step: FlowStep, earlier: readonly FlowStep[], assets: AssetIndex): AssetProblem[] {
  const before = earlier.map((other) => other.name.value);
  const problems = unknownName(step.mapping, 'mapping', [...assets.mappings.keys()]);
  if (before.includes(step.name.value)) problems.push(at(step.name, `expected each step name once; "${step.name.value}" is there again`));
  for (const name of [...step.dependsOn, ...step.references.map((reference) => reference.step)]) {
    problems.push(...unknownName(name, 'earlier step', before));
  }
  const mapping = assets.mappings.get(step.mapping.value);
  return mapping ? [...problems, ...parameterProblems(step, mapping), ...fieldProblems(step, mapping, assets.language)] : problems;
}

function parameterProblems(step: FlowStep, mapping: MappingDocument): AssetProblem[] {
  const parameters = [...mapping.parameters.keys()];
  const missing = parameters.filter((parameter) => !step.arguments.has(parameter));
  return [
    ...[...step.arguments.values()].flatMap(({ name }) => unknownName(name, `parameter of mapping ${mapping.name.value}`, parameters)),
    ...missing.map((parameter) => at(step.name, `expected "${parameter}" under "with": mapping ${mapping.name.value} needs it`)),
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
      at(step.name, `expected the field ${name} from mapping ${mapping.name.value} or a reference: ${mapping.shape.value} requires it`),
    ),
  ];
}

function unknownName(name: Located<string>, what: string, known: readonly string[]): AssetProblem[] {
  if (known.includes(name.value)) return [];
  const list = known.length > 0 && known.length <= 12 ? `: one of ${known.map((one) => `"${one}"`).join(', ')}` : '';
  const problem = at(name, `expected the name of a known ${what}${list}; got "${name.value}"${didYouMean(name.value, known)}`);
  return [what === 'mapping' || what === 'profile' ? { ...problem, missing: { kind: what, name: name.value } } : problem];
}

function at(place: Located<unknown>, message: string): AssetProblem {
  return { path: place.path, line: place.line, column: place.column, message };
}

/** An expression that is wrong for every trigger is one problem. */
function distinct(problems: readonly AssetProblem[]): AssetProblem[] {
  return [...new Map(problems.map((problem) => [JSON.stringify(problem), problem])).values()];
}
