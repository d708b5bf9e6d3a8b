import { execFileSync } from 'node:child_process';
import { z } from 'zod';
import { nameOf, packagesOf } from './lock-file.js';
import type { LockedPackage } from './lock-file.js';

const component = z.looseObject({
  'bom-ref': z.string(),
  name: z.string(),
  version: z.string(),
  purl: z.string(),
  hashes: z.array(z.object({ alg: z.string(), content: z.string() })).optional(),
  licenses: z.array(z.unknown()).optional(),
});
const bill = z.looseObject({
  bomFormat: z.literal('CycloneDX'),
  specVersion: z.string(),
  metadata: z.looseObject({ component: z.looseObject({ 'bom-ref': z.string(), version: z.string() }) }),
  components: z.array(component),
  dependencies: z.array(z.object({ ref: z.string(), dependsOn: z.array(z.string()).optional() })),
});

/** A bill of materials in the JSON form of CycloneDX 1.5: what a user of the product receives, each package with its hash and licence. */
export type Bill = z.infer<typeof bill>;

/** Longest time that npm may take, ms. It reads the lock file and asks nobody. */
const npmWithinMs = 60_000;
/** Most bytes that it may print. */
const mostOutput = 32 * 1024 * 1024;

/**
 * Makes the bill from the lock file by `npm sbom`. What only a developer needs is left out here: `npm sbom --omit dev` also leaves out packages that the product and its tools both use.
 * @throws when npm cannot.
 */
export function makeBill(root: string, lockFile: string): Bill {
  const args = ['sbom', '--sbom-format', 'cyclonedx', '--package-lock-only', '--workspaces=false'];
  const text = execFileSync('npm', args, {
    cwd: root,
    encoding: 'utf8',
    timeout: npmWithinMs,
    maxBuffer: mostOutput,
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const made = bill.parse(JSON.parse(text));
  const shipped = shippedPackages(packagesOf(lockFile));
  const components = made.components.filter(({ name, version }) => shipped.has(`${name}@${version}`));
  const isListed = new Set([...components.map((part) => part['bom-ref']), made.metadata.component['bom-ref']]);
  return {
    ...made,
    components,
    dependencies: made.dependencies
      .filter(({ ref }) => isListed.has(ref))
      .map(({ ref, dependsOn }) => ({ ref, dependsOn: dependsOn?.filter((name) => isListed.has(name)) ?? [] })),
  };
}

/** What is wrong with a bill beside the lock file: a package that is not in it, without a hash or without a licence. One sentence each. */
export function billProblems(made: Bill, lockFile: string): string[] {
  const shipped = shippedPackages(packagesOf(lockFile));
  const listed = new Set(made.components.map(({ name, version }) => `${name}@${version}`));
  return [
    ...[...shipped].filter((name) => !listed.has(name)).map((name) => `${name} is installed and not in the bill`),
    ...made.components.flatMap(({ name, version, purl, hashes, licenses }) => {
      const known = `${name}@${version}`;
      return [
        ...(purl.startsWith('pkg:npm/') ? [] : [`${known} has no package URL`]),
        ...(hashes?.some(({ alg, content }) => alg === 'SHA-512' && /^[0-9a-f]{128}$/.test(content))
          ? []
          : [`${known} has no SHA-512 hash`]),
        ...(licenses?.length ? [] : [`${known} has no licence`]),
      ];
    }),
  ];
}

/** `name@version` of all packages of the product; those of workspaces count too, as services import them by the root. */
function shippedPackages(packages: ReadonlyMap<string, LockedPackage>): ReadonlySet<string> {
  return new Set([...packages].filter(([, entry]) => !entry.dev).map(([path, { version }]) => `${nameOf(path)}@${version}`));
}
