import type { P21Client } from '../p21-client.js';
import type { ConfiguredService } from '../p21.config.js';
import { P21HeldError } from '../p21-errors.js';
import type { Edit } from './transaction-set.js';

/** How long it is kept that a service is there, ms; what is missing is looked for again each time. */
const keptMs = 600_000;

/**
 * Transaction services that no public source describes: the site names service, form and fields, and P21 itself is asked whether it has them
 * before anything is written. Source: docs/reference/prophet21.md sections 4 (`services`, `definition/{n}`), 7.5 and 13.
 */
export class P21Services {
  private readonly checked = new Map<string, number>();

  constructor(
    private readonly client: P21Client,
    private readonly now: () => number = Date.now,
  ) {}

  /** @throws {P21HeldError} naming everything that is missing, and the variable that names it. */
  async require(of: ConfiguredService, names: readonly string[], signal: AbortSignal): Promise<void> {
    const key = [of.service, of.form, ...names].join('\n');
    if ((this.checked.get(key) ?? 0) > this.now()) return;
    const missing = await this.missing(of, names, signal);
    if (missing.length > 0) throw new P21HeldError('p21.service-missing', missing.join('; '));
    this.checked.set(key, this.now() + keptMs);
  }

  /** What P21 lacks of a service, in words; empty for one that can be used. @param names fields of the form. */
  async missing({ service, form, variable }: ConfiguredService, names: readonly string[], signal: AbortSignal): Promise<string[]> {
    if (service === '')
      return [`${variable} names no Transaction service: no public source knows which one it is (see the README of the connector)`];
    const services = namesIn(await this.client.read('ui', '/api/v2/services', signal));
    if (!services.has(service)) return [`P21 has no Transaction service ${service}, which ${variable} names`];
    const definition = await this.client.read('ui', `/api/v2/definition/${encodeURIComponent(service)}`, signal);
    if (definition === undefined) return [`P21 gives no definition of the service ${service}`];
    const known = namesIn(definition);
    if (!known.has(form)) return [`the service ${service} has no form ${form}`];
    return names.filter((name) => !known.has(name)).map((name) => `the form ${form} of ${service} has no field ${name}`);
  }
}

/** The edits of a form, named as the site names its fields. A field without a value is left out. */
export function editsOf({ fields }: ConfiguredService, values: readonly (readonly [name: string, value: string])[]): Edit[] {
  return values.filter(([, value]) => value !== '').map(([name, Value]) => ({ Name: fields.get(name) ?? name, Value }));
}

/** Every name in an answer: `services` lists names or objects with one, a definition nests them (shape of both assumed). */
function namesIn(answer: unknown): Set<string> {
  const names = new Set<string>();
  const collect = (value: unknown): void => {
    if (typeof value === 'string') names.add(value);
    else if (Array.isArray(value)) value.forEach(collect);
    else if (typeof value === 'object' && value !== null) Object.values(value).forEach(collect);
  };
  collect(answer);
  return names;
}
