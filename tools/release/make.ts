import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { readLockFile } from '../supply/lock-file.js';
import { billProblems, makeBill } from '../supply/sbom.js';
import type { Bill } from '../supply/sbom.js';
import type { MadeImage, makeImages } from './images.js';
import { envelopeOf, sha256 } from './provenance.js';
import type { Statement } from './provenance.js';

/** How a release is made. */
export interface ReleaseTerms {
  /** The clone. */
  readonly root: string;
  /** Folder of the files; emptied first. */
  readonly out: string;
  /** Makes the files of what is committed, and does not ask whether it may be released. */
  readonly isDry: boolean;
  /** PEM of an Ed25519 key; undefined: the provenance is not signed. */
  readonly privateKey: string | undefined;
  /** Makes the images of a commit; undefined: none are among the files. */
  readonly images?: typeof makeImages;
}

const charts = ['tributary', 'tributary-strimzi'];
const mostOutput = 256 * 1024 * 1024;
/** File of an image in a release. */
export const imageFile = (name: string, version: string): string => `${name}-${version}.oci.tar`;
/** The files that are about the others. */
export const sumsFile = 'SHA256SUMS';
/** @param version of the release. */
export const provenanceFile = (version: string): string => `tributary-${version}.intoto.jsonl`;

/**
 * Writes a release: sources, charts, images where they are asked for, bill of materials, checksums, provenance. All of it comes from the commit that is checked
 * out, the same bytes each time but for the times in the provenance, and images, whose packages Debian changes.
 * @returns version and names of the files. @throws {Error} with all reasons why this commit is no release.
 */
export function makeRelease({ root, out, isDry, privateKey, images }: ReleaseTerms): {
  readonly version: string;
  readonly files: readonly string[];
} {
  const startedOn = new Date().toISOString();
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
  const lockFile = readLockFile(root);
  const bill = repeatable(makeBill(root, lockFile), root);
  const dirty = git(root, 'status', '--porcelain').length > 0;
  const problems = [...billProblems(bill, lockFile), ...(isDry ? [] : problemsOf(root, version, dirty))];
  if (problems.length > 0) throw new Error(`this is no release of ${version}:\n  ${problems.join('\n  ')}`);

  const commit = git(root, 'rev-parse', 'HEAD').toString().trim();
  const made = images?.(git(root, 'archive', '--format=tar', 'HEAD'), { version, commit }) ?? [];
  const files = new Map<string, Buffer>([
    [`tributary-${version}.src.tar.gz`, archive(root, [], `tributary-${version}/`)],
    // What `helm package` makes: a chart below its own name.
    ...charts.map((chart) => [`${chart}-chart-${version}.tgz`, archive(join(root, 'deploy/helm'), [chart])] as const),
    ...made.map(({ name, archive: bytes }) => [imageFile(name, version), bytes] as const),
    [`tributary-${version}.sbom.cdx.json`, Buffer.from(`${JSON.stringify(withImages(bill, made, version), undefined, 2)}\n`)],
  ]);
  const statement = statementOf({ root, version, commit, dirty, files, startedOn });
  const sums = [...files].map(([name, bytes]) => `${sha256(bytes)}  ${name}\n`).join('');
  files.set(sumsFile, Buffer.from(sums));
  files.set(provenanceFile(version), Buffer.from(`${JSON.stringify(envelopeOf(statement, privateKey))}\n`));
  rmSync(out, { recursive: true, force: true });
  mkdirSync(out, { recursive: true });
  for (const [name, bytes] of files) writeFileSync(join(out, name), bytes);
  return { version, files: [...files.keys()] };
}

/** The bill with the images among its parts: each with the digest that a registry calls it by, and the SHA-256 of its file. */
function withImages(bill: Bill, images: readonly MadeImage[], version: string): Bill {
  const parts = images.map(({ name, digest, archive: bytes }) => {
    const purl = `pkg:oci/${name}@${encodeURIComponent(digest)}?tag=${version}`;
    return { type: 'container', 'bom-ref': purl, name, version, purl, hashes: [{ alg: 'SHA-256', content: sha256(bytes) }] };
  });
  return { ...bill, components: [...bill.components, ...parts] };
}

/** The bill with the time of the commit, a serial number made from what is in it, and the name of the product: npm takes the time, chance and the name of the folder. */
function repeatable(bill: Bill, root: string): Bill {
  const timestamp = git(root, 'log', '-1', '--format=%cI').toString().trim();
  const dated = {
    ...bill,
    serialNumber: undefined,
    metadata: { ...bill.metadata, timestamp, component: { ...bill.metadata.component, name: 'tributary' } },
  };
  const [a, b, c, d, e] = /^(.{8})(.{4})(.{3})(.{3})(.{12})/.exec(sha256(Buffer.from(JSON.stringify(dated))))?.slice(1) ?? [];
  return { ...dated, serialNumber: `urn:uuid:${a}-${b}-8${c}-8${d}-${e}` }; // UUID version 8: made from a digest
}

/** Why a commit is no release: one sentence each. */
function problemsOf(root: string, version: string, dirty: boolean): string[] {
  const changelog = readFileSync(join(root, 'CHANGELOG.md'), 'utf8');
  const others = charts.filter((chart) => {
    const text = readFileSync(join(root, 'deploy/helm', chart, 'Chart.yaml'), 'utf8');
    return !text.includes(`\nversion: ${version}\n`) || !text.includes(`\nappVersion: ${version}\n`);
  });
  return [
    ...(dirty ? ['there are changes that are not committed'] : []),
    ...(changelog.includes(`\n## ${version} `) || changelog.includes(`\n## ${version}\n`)
      ? []
      : [`CHANGELOG.md has no heading "## ${version}"`]),
    ...others.map((chart) => `deploy/helm/${chart}/Chart.yaml says another version`),
    ...(git(root, 'tag', '--points-at', 'HEAD').toString().split('\n').includes(`v${version}`)
      ? []
      : [`the commit has no tag v${version}`]),
  ];
}

function statementOf(about: {
  readonly root: string;
  readonly version: string;
  readonly commit: string;
  readonly dirty: boolean;
  readonly files: ReadonlyMap<string, Buffer>;
  readonly startedOn: string;
}): Statement {
  const { root, version, commit, dirty, files, startedOn } = about;
  const lock = readFileSync(join(root, 'package-lock.json'));
  return {
    _type: 'https://in-toto.io/Statement/v1',
    subject: [...files].map(([name, bytes]) => ({ name, digest: { sha256: sha256(bytes) } })),
    predicateType: 'https://slsa.dev/provenance/v1',
    predicate: {
      buildDefinition: {
        buildType: 'https://tributary.example/release/v1',
        externalParameters: { version },
        internalParameters: { node: process.versions.node, dirty },
        resolvedDependencies: [
          { uri: 'git+tributary', digest: { gitCommit: commit } },
          { uri: 'package-lock.json', digest: { sha256: sha256(lock) } },
        ],
      },
      runDetails: {
        builder: { id: 'https://tributary.example/npm-run-release' },
        metadata: { startedOn, finishedOn: new Date().toISOString() },
      },
    },
  };
}

/** A tar of what is committed, packed without a time; its files have that of the commit. @param folder what is in it, and where it is packed from. */
function archive(folder: string, paths: readonly string[], prefix = ''): Buffer {
  return gzipSync(git(folder, 'archive', '--format=tar', `--prefix=${prefix}`, 'HEAD', ...paths), { level: 9 });
}

function git(root: string, ...args: string[]): Buffer {
  return execFileSync('git', args, { cwd: root, maxBuffer: mostOutput });
}
