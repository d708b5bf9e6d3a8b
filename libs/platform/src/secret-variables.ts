import { z } from 'zod';
import { ConfigurationError } from './configuration-error.js';
import { secretSource } from './secret-source.js';
import type { SecretPlace } from './secret-source.js';

/** The variables of a secret: one that holds it, and one that names a file that does. */
export type SecretVariables<Name extends string> = Record<Name | `${Name}_FILE`, z.ZodOptional<z.ZodString>>;

/**
 * The variables of a secret, for the schema of an environment.
 * @param what the secret is, without "secret:".
 */
export function secretVariables<Name extends string>(name: Name, what: string): SecretVariables<Name> {
  return {
    [name]: z.string().optional().describe(`secret: ${what}; or ${name}_FILE`),
    [`${name}_FILE`]: z.string().optional().describe(`file that holds ${name}, a mounted secret for example; read again when it changes`),
  } as SecretVariables<Name>;
}

/**
 * The same schema, which names each of these secrets that is neither in a variable nor in a file, beside everything else that is wrong.
 * @param names of variables made by secretVariables.
 */
export function requiringSecrets<Shape extends z.ZodRawShape>(schema: z.ZodObject<Shape>, ...names: readonly string[]): z.ZodObject<Shape> {
  const isSet = (values: unknown, name: string): boolean => Boolean((values as Record<string, unknown> | null)?.[name]);
  return names.reduce(
    (all, name) =>
      all.refine((values) => isSet(values, name) || isSet(values, `${name}_FILE`), {
        path: [name],
        error: `set it, or ${name}_FILE to a file that holds it`,
        when: () => true, // also when another variable is wrong
      }),
    schema,
  );
}

/**
 * The secret of a variable or of its file, as it is now.
 * @param values of the variables, where an empty one counts as absent.
 * @param rest what a file has to hold, and whom to warn of one that cannot be used.
 * @returns undefined when neither is set.
 * @throws {ConfigurationError} when both are set, or the file cannot be used at the start.
 */
export function optionalSecret<Name extends string>(
  values: Readonly<Partial<Record<Name | `${Name}_FILE`, string | undefined>>>,
  name: Name,
  rest: Pick<SecretPlace, 'warn' | 'isWhole'> = {},
): (() => string) | undefined {
  const [value, file] = [values[name] || undefined, values[`${name}_FILE`] || undefined];
  if (value !== undefined && file !== undefined) throw new ConfigurationError([`${name} and ${name}_FILE are both set: keep one`]);
  if (value === undefined && file === undefined) return undefined;
  try {
    return secretSource(name, { value, file, ...rest });
  } catch (error) {
    throw new ConfigurationError([error instanceof Error ? error.message : String(error)]);
  }
}

/** As optionalSecret, for a secret that has to be there. @throws {ConfigurationError} when neither variable is set, too. */
export function requiredSecret<Name extends string>(
  values: Readonly<Partial<Record<Name | `${Name}_FILE`, string | undefined>>>,
  name: Name,
): () => string {
  const secret = optionalSecret(values, name);
  if (!secret) throw new ConfigurationError([`${name}: set it, or ${name}_FILE to a file that holds it`]);
  return secret;
}
