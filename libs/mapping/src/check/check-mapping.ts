import type { MappingDocument } from '../assets/mapping-document.js';
import { celTypeOfField, mappingCheckEnvironment } from '../cel/environments.js';
import { fieldOf } from '@tributary/contracts';
import type { AssetLanguage } from '../language.js';
import { didYouMean } from '../problem.js';
import type { AssetProblem } from '../problem.js';
import { checkExpression } from './check-expression.js';
import { fieldNames } from './names.js';

/** Checks a mapping against the shape of its document: names, types, lengths. */
export function checkMapping(mapping: MappingDocument, language: AssetLanguage, tables: readonly string[]): AssetProblem[] {
  const { value: shapeName, ...place } = mapping.shape;
  const shape = language.shapes.get(shapeName);
  if (!shape) {
    const known = [...language.shapes.keys()];
    return [{ ...place, message: `expected one of ${known.join(', ')}; got "${shapeName}"${didYouMean(shapeName, known)}` }];
  }
  const environment = mappingCheckEnvironment(language, mapping.parameters);
  const names = [...mapping.parameters.keys(), 'postingKey', ...fieldNames(language)];
  return [...mapping.fields.values()].flatMap(({ name, expression }) => {
    const field = fieldOf(shape, name.value);
    if (!field) {
      const { value, ...at } = name;
      return [{ ...at, message: `expected a field of ${shapeName}; got "${value}"${didYouMean(value, Object.keys(shape.fields))}` }];
    }
    const expectedLabel = `${field.type} for ${name.value}`;
    // An installation decides the type of its own fields.
    const types = Object.hasOwn(shape.fields, name.value) ? [celTypeOfField[field.type]] : Object.values(celTypeOfField);
    return checkExpression(expression, {
      environment,
      types,
      expectedLabel,
      names,
      tables,
      maxLength: field.maxLength,
    });
  });
}
