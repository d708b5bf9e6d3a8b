import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { sumsFile } from './make.js';
import { lookAtOciArchive } from './oci-archive.js';
import { envelopeSchema, isSignedBy, sha256, statementIn } from './provenance.js';
import type { Envelope, Statement } from './provenance.js';

/** What a look at a release found. */
export interface Verified {
  /** Why it is not to be trusted, one sentence each. */
  readonly problems: readonly string[];
  readonly files: number;
  readonly version: string | undefined;
  readonly commit: string | undefined;
  readonly isSigned: boolean;
}

/**
 * Compares the files of a release with its checksums and its provenance.
 * @param publicKey PEM of whoever has to have signed it; undefined: signatures are not looked at.
 */
export function verifyRelease(folder: string, publicKey: string | undefined): Verified {
  const names = existsSync(folder) ? readdirSync(folder) : [];
  const provenance = names.filter((name) => name.endsWith('.intoto.jsonl'));
  const files = names.filter((name) => name !== sumsFile && !provenance.includes(name));
  const digests = new Map(files.map((name) => [name, sha256(readFileSync(join(folder, name)))]));
  const envelope = provenance.length === 1 ? envelopeIn(join(folder, provenance[0] ?? '')) : undefined;
  const statement = envelope && statementOrNone(envelope);
  const definition = statement?.predicate.buildDefinition;
  const version = definition?.externalParameters.version;
  const commit = definition?.resolvedDependencies.find(({ digest }) => digest.gitCommit !== undefined)?.digest.gitCommit;
  return {
    problems: [
      ...differences(sumsFile, names.includes(sumsFile) ? sumsIn(join(folder, sumsFile)) : new Map(), digests),
      ...(statement
        ? differences('the provenance', new Map(statement.subject.map(({ name, digest }) => [name, digest.sha256])), digests)
        : [`there is no provenance that can be read: ${provenance.length} files`]),
      ...(publicKey === undefined || (envelope && isSignedBy(envelope, publicKey)) ? [] : ['the provenance is not signed with this key']),
      ...imageProblems(folder, digests, { version, commit }),
      ...(definition?.internalParameters.dirty ? ['it was made from a folder with changes that are not committed'] : []),
    ],
    files: files.length,
    version,
    commit,
    isSigned: (envelope?.signatures.length ?? 0) > 0,
  };
}

/** What is wrong with the images: with what is in them, and with what the bill of materials says of them. */
function imageProblems(
  folder: string,
  digests: ReadonlyMap<string, string>,
  from: { readonly version: string | undefined; readonly commit: string | undefined },
): string[] {
  const images = [...digests].filter(([name]) => name.endsWith('.oci.tar'));
  const bill = [...digests.keys()].find((name) => name.endsWith('.sbom.cdx.json'));
  const listed = images.length === 0 || bill === undefined ? [] : componentsIn(join(folder, bill));
  return images.flatMap(([name, sum]) => {
    const { problems, digest } = lookAtOciArchive(join(folder, name), from);
    const isListed = listed.some(
      ({ purl = '', hashes = [] }) =>
        purl.includes(`@${encodeURIComponent(digest ?? 'none')}?`) && hashes.some(({ content }) => content === sum),
    );
    return [
      ...problems.map((problem) => `${name}: ${problem}`),
      ...(digest === undefined || isListed ? [] : [`${name} is not in the bill of materials`]),
    ];
  });
}

const billOfImages = z.looseObject({
  components: z.array(z.looseObject({ purl: z.string().optional(), hashes: z.array(z.looseObject({ content: z.string() })).optional() })),
});

function componentsIn(file: string): z.infer<typeof billOfImages>['components'] {
  try {
    return billOfImages.parse(JSON.parse(readFileSync(file, 'utf8'))).components;
  } catch {
    return [];
  }
}

function differences(what: string, said: ReadonlyMap<string, string>, actual: ReadonlyMap<string, string>): string[] {
  return [
    ...[...said].filter(([name]) => !actual.has(name)).map(([name]) => `${name} is in ${what} and not here`),
    ...[...actual].filter(([name]) => !said.has(name)).map(([name]) => `${name} is not in ${what}`),
    ...[...actual].filter(([name, sum]) => said.has(name) && said.get(name) !== sum).map(([name]) => `${name} is not the file of ${what}`),
  ];
}

/** As `sha256sum -c` reads it. */
function sumsIn(file: string): Map<string, string> {
  const lines = [...readFileSync(file, 'utf8').matchAll(/^([0-9a-f]{64}) {2}(\S+)$/gm)];
  return new Map(lines.map(([, sum = '', name = '']) => [name, sum]));
}

function envelopeIn(file: string): Envelope | undefined {
  try {
    return envelopeSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    return undefined;
  }
}

function statementOrNone(envelope: Envelope): Statement | undefined {
  try {
    return statementIn(envelope);
  } catch {
    return undefined;
  }
}
