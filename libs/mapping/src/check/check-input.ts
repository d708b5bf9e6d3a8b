import type { Environment } from '@marcbachmann/cel-js';
import { documentSchemas } from '@tributary/contracts';
import type { AvroRecord } from '@tributary/contracts';
import type { FlowStep } from '../assets/flow-step.js';
import type { InputNode, InputRecord, LinesBlock } from '../assets/input-tree.js';
import { celTypeName, withVariable } from '../cel/environments.js';
import { isOptional, recordIn } from '../compile-input.js';
import { recordTypeOf } from '../language.js';
import type { FieldType } from '../language.js';
import { isDocumentKind } from '../language-documents.js';
import type { AssetProblem } from '../problem.js';
import { problemAt, unknownName } from './asset-index.js';
import { elementTypeOf } from './check-expression.js';
import type { CheckExpression } from './check-expression.js';

/** Checks the input of a canonical document: its fields are known and have the right type, and no required field is missing. */
export function checkInput(step: FlowStep, input: InputRecord, environment: Environment, check: CheckExpression): AssetProblem[] {
  if (!isDocumentKind(step.kind)) return [];
  return recordProblems(documentSchemas[step.kind], input, step.place, environment, check);
}

type Place = Parameters<typeof problemAt>[0];

function recordProblems(
  schema: AvroRecord,
  input: InputRecord,
  place: Place,
  environment: Environment,
  check: CheckExpression,
): AssetProblem[] {
  const { fields } = recordTypeOf(schema);
  const missing = schema.fields.filter(({ name, type }) => !input.has(name) && !isOptional(schema, name, type));
  return [
    ...missing.map(({ name }) => problemAt(place, `expected "${name}" in the input: a ${schema.name} needs it`)),
    ...[...input.values()].flatMap(({ name, node }) => {
      const type = fields.get(name.value);
      if (!type) return unknownName(name, `field of ${schema.name}`, [...fields.keys()]);
      const field = schema.fields.find((one) => one.name === name.value);
      return nodeProblems(type, field && recordIn(field.type), name.value, node, name, environment, check);
    }),
  ];
}

function nodeProblems(
  type: FieldType,
  record: AvroRecord | undefined,
  name: string,
  node: InputNode,
  place: Place,
  environment: Environment,
  check: CheckExpression,
): AssetProblem[] {
  if (node.kind === 'expression')
    return check(node.expression, environment, [celTypeName(type), 'null'], `${celTypeName(type)} for ${name}`);
  if (node.kind === 'record')
    return type.kind === 'record' && record
      ? recordProblems(record, node.fields, place, environment, check)
      : [problemAt(place, `expected an expression for "${name}"`)];
  return type.kind === 'record-list' && record
    ? node.blocks.flatMap((block) => blockProblems(record, block, environment, check))
    : [problemAt(place, `expected an expression for "${name}"`)];
}

function blockProblems(record: AvroRecord, block: LinesBlock, environment: Environment, check: CheckExpression): AssetProblem[] {
  const element = block.forEach && elementTypeOf(block.forEach, environment);
  if (block.forEach && element === undefined) return [problemAt(block.forEach, 'expected a list of records for forEach')];
  const own = element === undefined ? environment : withVariable(environment, block.as, element);
  const fields = new Map(
    [...block.fields].map(([name, { name: located, expression }]) => [
      name,
      { name: located, node: { kind: 'expression', expression } as const },
    ]),
  );
  return [...check(block.when, own, ['bool'], 'a condition'), ...recordProblems(record, fields, block.place, own, check)];
}
