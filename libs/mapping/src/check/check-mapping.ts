import type { Environment } from '@marcbachmann/cel-js';
import { documentKinds, fieldOf, lineShapeOf } from '@tributary/contracts';
import type { ErpDocumentShape } from '@tributary/contracts';
import type { LinesBlock, NamedExpression } from '../assets/input-tree.js';
import type { MappingDocument } from '../assets/mapping-document.js';
import { celTypeOfField, mappingCheckEnvironment, withVariable } from '../cel/environments.js';
import type { AssetLanguage } from '../language.js';
import { documentRecords } from '../language-documents.js';
import { didYouMean } from '../problem.js';
import type { AssetProblem } from '../problem.js';
import { problemAt, unknownName } from './asset-index.js';
import { checkExpression, elementTypeOf } from './check-expression.js';
import { fieldNames } from './names.js';

/** The context in which the fields of one mapping are checked. */
interface Around {
  readonly names: readonly string[];
  readonly tables: readonly string[];
}

/** Checks a mapping against the shape of its document: names, types, lengths, rows. */
export function checkMapping(mapping: MappingDocument, language: AssetLanguage, tables: readonly string[]): AssetProblem[] {
  const { value: shapeName, ...place } = mapping.shape;
  const shape = language.shapes.get(shapeName);
  if (!shape) {
    const known = [...language.shapes.keys()];
    return [{ ...place, message: `expected one of ${known.join(', ')}; got "${shapeName}"${didYouMean(shapeName, known)}` }];
  }
  const document = mapping.document && documentRecords.get(mapping.document.value);
  if (mapping.document && !document) return unknownName(mapping.document, 'kind of document', [...documentKinds]);
  const environment = mappingCheckEnvironment(language, mapping.parameters, document);
  const own = [...(document?.fields.keys() ?? []), ...(document ? ['document'] : [])];
  const around = { names: [...mapping.parameters.keys(), ...own, 'postingKey', ...fieldNames(language)], tables };
  return [
    ...fieldProblems(mapping.fields, shape, environment, around),
    ...(document ? missingFields(mapping, shape) : []),
    ...mapping.lines.flatMap((block) => lineProblems(block, shape, environment, around)),
  ];
}

/**
 * A mapping of a canonical document has to fill all required fields of its shape. A variant is exempt, because it changes a document that
 * exists.
 */
function missingFields({ fields, name, variant }: MappingDocument, shape: ErpDocumentShape): AssetProblem[] {
  if (variant !== undefined && shape.kind === 'customer') return [];
  const missing = Object.entries(shape.fields).filter(([field, { required }]) => required && !fields.has(field));
  return missing.map(([field]) => problemAt(name, `expected the field ${field}: ${shape.name} requires it`));
}

function lineProblems(block: LinesBlock, shape: ErpDocumentShape, environment: Environment, around: Around): AssetProblem[] {
  const { table, forEach, as, when, key } = block;
  const row = table && lineShapeOf(shape, table.value);
  if (!table || !row) return table ? unknownName(table, `table of ${shape.name}`, Object.keys(shape.lines ?? {})) : [];
  const element = forEach && elementTypeOf(forEach, environment);
  if (forEach && element === undefined) return [problemAt(forEach, 'expected a list of records for forEach')];
  const own = element === undefined ? environment : withVariable(environment, as, element);
  const names = [...around.names, as];
  const rules = (types: readonly string[], expectedLabel: string) => ({ ...around, names, environment: own, types, expectedLabel });
  return [
    ...(when ? checkExpression(when, rules(['bool'], 'a condition')) : []),
    ...(key ? checkExpression(key, rules(['string'], 'text for key')) : []),
    ...fieldProblems(block.fields, row, own, { ...around, names }),
  ];
}

function fieldProblems(
  fields: ReadonlyMap<string, NamedExpression>,
  shape: ErpDocumentShape,
  environment: Environment,
  { names, tables }: Around,
): AssetProblem[] {
  return [...fields.values()].flatMap(({ name, expression }) => {
    const field = fieldOf(shape, name.value);
    if (!field) {
      const { value, ...at } = name;
      return [{ ...at, message: `expected a field of ${shape.name}; got "${value}"${didYouMean(value, Object.keys(shape.fields))}` }];
    }
    const expectedLabel = `${field.type} for ${name.value}`;
    // The types of an installation's own fields are not known here. Any field may hold an attribute of another document.
    const types = Object.hasOwn(shape.fields, name.value) ? [celTypeOfField[field.type]] : Object.values(celTypeOfField);
    return checkExpression(expression, {
      environment,
      types: [...types, 'Reference'],
      expectedLabel,
      shownTypes: types,
      names,
      tables,
      maxLength: field.maxLength,
    });
  });
}
