import type { Parameters } from './form.js';
import type { Billing } from './objects.js';
import { ApiProblem } from './problem.js';

const customerFieldNames = ['name', 'email', 'phone', 'description', 'address', 'shipping', 'metadata', 'preferred_locales', 'tax_exempt'];

/** Fields of a customer from parameters. Setting a value to empty deletes it (section 7). @throws {ApiProblem} 400 for unknown ones. */
export function customerFields(parameters: Parameters): Record<string, unknown> {
  const unknown = Object.keys(parameters).find((name) => !customerFieldNames.includes(name) && name !== 'expand');
  if (unknown !== undefined) throw unknownParameter(unknown);
  return Object.fromEntries(
    Object.entries(parameters)
      .filter(([name]) => name !== 'expand')
      .map(([name, value]) => [name, value === '' ? null : value]),
  );
}

/** Billing details from parameters. */
export function billingOf(details: Parameters): Billing {
  return {
    name: (details.name as string | undefined) ?? null,
    email: (details.email as string | undefined) ?? null,
    phone: (details.phone as string | undefined) ?? null,
    address: (details.address as Billing['address'] | undefined) ?? null,
  };
}

/** A required text. @throws {ApiProblem} 400 parameter_missing. */
export function text(parameters: Parameters, name: string): string {
  const value = parameters[name];
  if (typeof value !== 'string' || value === '') throw missing(name);
  return value;
}

/** An integer of minor units, or undefined. @throws {ApiProblem} 400 parameter_invalid_integer. */
export function optionalAmount(parameters: Parameters, name: string): number | undefined {
  const value = parameters[name];
  if (value === undefined) return undefined;
  if (typeof value !== 'string' || !/^\d{1,12}$/.test(value))
    throw invalid(name, 'parameter_invalid_integer', `Invalid integer: ${String(value)}`);
  return Number(value);
}

/** A text; null when it is absent or empty. */
export function optionalText(parameters: Parameters, name: string): string | null {
  const value = parameters[name];
  if (value === undefined || value === '') return null;
  if (typeof value !== 'string') throw invalid(name, undefined, `Invalid string: ${name}`);
  return value;
}

/** Error 400 about one parameter. */
export function invalid(param: string, code: string | undefined, message: string): ApiProblem {
  return new ApiProblem(400, { type: 'invalid_request_error', ...(code === undefined ? {} : { code }), param, message });
}

/** Error 400 for a required parameter that is absent. */
export function missing(name: string): ApiProblem {
  return invalid(name, 'parameter_missing', `Missing required param: ${name}.`);
}

/** Error 400 for a parameter that the API does not have. */
export function unknownParameter(name: string): ApiProblem {
  return invalid(name, 'parameter_unknown', `Received unknown parameter: ${name}`);
}
