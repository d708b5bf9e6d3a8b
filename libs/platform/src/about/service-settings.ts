import type { LimitView, SecretView, ServiceSettingsView } from '@tributary/contracts';
import type { z } from 'zod';
import { describeConfig } from '../config.js';
import { secretReadAt } from '../secret-source.js';
import type { BuildInfo } from './build-info.js';

/** What a service tells about itself beside its configuration. */
export interface AboutService {
  readonly service: string;
  readonly build: Omit<BuildInfo, 'billOfMaterials'>;
  /** Name of its newest migration; null: it keeps no tables. */
  readonly schemaVersion: string | null;
  readonly startedAt: string;
  /** Limits that cannot be set. */
  readonly fixedLimits?: readonly Omit<LimitView, 'isDefault'>[];
}

/** Numbers that limit nothing. */
const noLimits = /_PORT$/;

/**
 * A service's limits with their values, and its secrets by reference. Values of secrets are never looked at further than whether they are there.
 * @param schema variables of the service, as its configuration is read. @param values as read. @param env names that were set at all.
 */
export function serviceSettings(
  schema: z.ZodObject<z.ZodRawShape>,
  values: Readonly<Record<string, unknown>>,
  { service, build, schemaVersion, startedAt, fixedLimits = [] }: AboutService,
  env: Readonly<Record<string, string | undefined>> = process.env,
): ServiceSettingsView {
  const described = describeConfig(schema);
  const limits = described
    .filter(({ name, secret }) => !secret && typeof values[name] === 'number' && !noLimits.test(name))
    .map(({ name, description }): LimitView => ({ name, value: String(values[name]), text: description, isDefault: !env[name] }));
  const secrets = described
    .filter(({ secret }) => secret)
    .map(({ name, description }): SecretView => ({
      name,
      text: description,
      from: placeOf(name, values),
      readAt: secretReadAt(name) ?? null,
    }));
  const { version, commit, licence } = build;
  const fixed = fixedLimits.map((limit) => ({ ...limit, isDefault: true }));
  return { service, version, commit, licence, schemaVersion, startedAt, limits: [...limits, ...fixed], secrets };
}

function placeOf(name: string, values: Readonly<Record<string, unknown>>): SecretView['from'] {
  if (values[`${name}_FILE`]) return 'file';
  return values[name] ? 'environment' : 'not set';
}

/** The version that a migration stands for: `Search1700000000012` is `0012 Search`. */
export function schemaVersionOf(migrations: readonly { readonly name: string }[]): string | null {
  const [, title = '', number = ''] = /^(.+?)(\d{13})$/.exec(migrations.at(-1)?.name ?? '') ?? [];
  return number === '' ? (migrations.at(-1)?.name ?? null) : `${number.slice(-4)} ${title}`;
}
