import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root as workspace } from '../contracts/workspace.js';
import { hasEngine, makeImages } from './images.js';
import type { MadeImage } from './images.js';
import { makeRelease } from './make.js';
import { imageLabels, lookAtOciArchive, toOciArchive } from './oci-archive.js';
import { sha256 } from './provenance.js';
import { verifyRelease } from './verify.js';

/**
 * Images among the files of a release. Images built by hand, as `docker save` of old and of new engines writes them, are looked at everywhere; where an
 * engine answers, one is built, too.
 */
let root: string;
let out: string;
const git = (...args: string[]): string =>
  execFileSync('git', ['-c', 'user.name=test', '-c', 'user.email=test@example.com', ...args], { cwd: root, encoding: 'utf8' });
const { version } = JSON.parse(readFileSync(join(workspace, 'package.json'), 'utf8')) as { version: string };
/** Stages that need no other image. */
const dockerfile = 'FROM scratch AS demo\nCOPY package.json /demo.json\nFROM scratch AS production\nCOPY package.json /\n';

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'release-root-'));
  out = mkdtempSync(join(tmpdir(), 'release-out-'));
  for (const file of ['package.json', 'package-lock.json', 'deploy/helm/tributary', 'deploy/helm/tributary-strimzi'])
    cpSync(join(workspace, file), join(root, file), { recursive: true });
  writeFileSync(join(root, 'CHANGELOG.md'), `# Changelog\n\n## ${version}\n`);
  writeFileSync(join(root, 'Dockerfile'), dockerfile);
  git('init', '--quiet');
  git('add', '--all');
  git('commit', '--quiet', '--message', 'what is released');
});
afterEach(() => [root, out].forEach((folder) => rmSync(folder, { recursive: true, force: true })));

interface Labels {
  readonly version: string;
  readonly commit: string;
}

/** A layer of one file. */
function layerOf(folder: string, content: string): Buffer {
  writeFileSync(join(folder, 'file'), content);
  return execFileSync('tar', ['-cf', '-', '--mtime=@0', '-C', folder, 'file']);
}

/** What `docker save` writes of an image of two layers. @param form of engines before 25, or since. */
function savedBy(form: 'old' | 'new', labels: Labels): string {
  const folder = mkdtempSync(join(out, 'saved-'));
  const layers = ['one', 'two'].map((content) => layerOf(out, content));
  const config = Buffer.from(
    JSON.stringify({
      ...{ architecture: 'amd64', os: 'linux' },
      config: { Labels: { [imageLabels.version]: labels.version, [imageLabels.revision]: labels.commit } },
      rootfs: { type: 'layers', diff_ids: layers.map((layer) => `sha256:${sha256(layer)}`) },
    }),
  );
  const nameOf = (bytes: Buffer, old: string): string => (form === 'new' ? `blobs/sha256/${sha256(bytes)}` : old);
  const parts = new Map([
    [nameOf(config, `${sha256(config)}.json`), config],
    ...layers.map((layer, index) => [nameOf(layer, `${index}${index}/layer.tar`), layer] as const),
  ]);
  const [Config, ...Layers] = [...parts.keys()];
  parts.set('manifest.json', Buffer.from(JSON.stringify([{ Config, RepoTags: ['tributary:1'], Layers }])));
  for (const [name, bytes] of parts) {
    mkdirSync(join(folder, name, '..'), { recursive: true });
    writeFileSync(join(folder, name), bytes);
  }
  execFileSync('tar', ['-cf', join(out, `${form}.tar`), '-C', folder, '.']);
  return join(out, `${form}.tar`);
}

function imageBy(form: 'old' | 'new', labels: Labels): MadeImage {
  const archive = join(out, `${form}.oci.tar`);
  const digest = toOciArchive(savedBy(form, labels), archive, `tributary:${labels.version}`);
  return { name: 'tributary', digest, archive: readFileSync(archive) };
}

it('is the same archive of the OCI image layout, whichever engine saved it', () => {
  const [old, later] = [imageBy('old', { version, commit: 'c0ffee' }), imageBy('new', { version, commit: 'c0ffee' })];
  expect(later).toEqual(old);
  const file = join(out, 'old.oci.tar');
  expect(lookAtOciArchive(file, { version, commit: 'c0ffee' })).toEqual({ problems: [], digest: old.digest });
  const inside = (name: string): string => execFileSync('tar', ['-xOf', file, name], { encoding: 'utf8' });
  expect(inside('oci-layout')).toBe('{"imageLayoutVersion":"1.0.0"}');
  expect(JSON.parse(inside('index.json'))).toMatchObject({
    schemaVersion: 2,
    manifests: [{ digest: old.digest, annotations: { 'org.opencontainers.image.ref.name': `tributary:${version}` } }],
  });
  const { layers } = JSON.parse(inside(`blobs/sha256/${old.digest.slice(7)}`)) as { layers: { digest: string }[] };
  const second = layers[1]?.digest.slice(7) ?? '';
  expect(execFileSync('bash', ['-c', `tar -xOf '${file}' blobs/sha256/${second} | tar -xOf - file`], { encoding: 'utf8' })).toBe('two');
});

it('finds an image of another version or commit, a part that was changed, a part that is missing, and what is no image', () => {
  imageBy('old', { version: '0.0.1', commit: 'other' });
  const file = join(out, 'old.oci.tar');
  expect(lookAtOciArchive(file, { version, commit: 'c0ffee' }).problems).toEqual([
    `its label ${imageLabels.version} is 0.0.1, and not ${version}`,
    `its label ${imageLabels.revision} is other, and not c0ffee`,
  ]);
  const folder = mkdtempSync(join(out, 'changed-'));
  execFileSync('tar', ['-xf', file, '-C', folder]);
  const pack = (): string => (execFileSync('tar', ['-cf', join(out, 'changed.tar'), '-C', folder, '.']), join(out, 'changed.tar'));
  const layer = sha256(layerOf(out, 'two'));
  writeFileSync(join(folder, 'blobs/sha256', layer), 'changed');
  expect(lookAtOciArchive(pack(), {}).problems).toEqual([`the part ${layer} is not what its name says`]);
  rmSync(join(folder, 'blobs/sha256', layer));
  expect(lookAtOciArchive(pack(), {}).problems).toEqual([`the part sha256:${layer} is not here`]);
  writeFileSync(join(folder, 'index.json'), '{}');
  expect(lookAtOciArchive(pack(), {})).toEqual({ problems: ['it is no OCI archive of one image'], digest: undefined });
});

it('is among the files of a release, its checksums, bill of materials and provenance, and verified with them', () => {
  const made: string[] = [];
  const { files } = makeRelease({
    ...{ root, out: join(out, 'release'), isDry: true, privateKey: undefined },
    images: (source, about) => {
      made.push(execFileSync('tar', ['-tf', '-'], { input: source, encoding: 'utf8' }));
      return [imageBy('new', about)];
    },
  });
  const folder = join(out, 'release');
  const name = `tributary-${version}.oci.tar`;
  expect(made[0]?.split('\n')).toContain('Dockerfile');
  expect(files).toContain(name);
  expect(readFileSync(join(folder, 'SHA256SUMS'), 'utf8')).toContain(`${sha256(readFileSync(join(folder, name)))}  ${name}\n`);
  expect(verifyRelease(folder, undefined)).toMatchObject({ problems: [], files: 5, commit: git('rev-parse', 'HEAD').trim() });

  cpSync(join(out, 'new.oci.tar'), join(folder, name));
  imageBy('new', { version, commit: 'another' });
  cpSync(join(out, 'new.oci.tar'), join(folder, name));
  expect(verifyRelease(folder, undefined).problems).toEqual([
    `${name} is not the file of SHA256SUMS`,
    `${name} is not the file of the provenance`,
    `${name}: its label ${imageLabels.revision} is another, and not ${git('rev-parse', 'HEAD').trim()}`,
    `${name} is not in the bill of materials`,
  ]);
}, 60_000);

it('says so where no engine answers, and makes nothing', () => {
  const folder = mkdtempSync(join(out, 'bin-'));
  writeFileSync(join(folder, 'docker'), '#!/bin/sh\necho "Cannot connect to the Docker daemon" >&2\nexit 1\n', { mode: 0o755 });
  expect(hasEngine(join(folder, 'docker'))).toBe(false);
  expect(hasEngine(join(folder, 'none'))).toBe(false);
});

const engine = hasEngine();
if (!engine)
  process.stderr.write('No Docker engine answers here: no image of a release is built, only images made by hand are looked at.\n');
(engine ? it : it.skip)(
  'is built by the engine from what is committed, with version and commit in its labels',
  () => {
    writeFileSync(join(root, 'package.json'), '{"changed": "and not committed"}');
    const commit = git('rev-parse', 'HEAD').trim();
    const source = execFileSync('git', ['archive', '--format=tar', 'HEAD'], { cwd: root });
    const images = makeImages(source, { version: '0.0.0-spec', commit });
    try {
      expect(images.map(({ name }) => name)).toEqual(['tributary', 'tributary-demo']);
      const [image] = images as [MadeImage];
      const file = join(out, 'built.oci.tar');
      writeFileSync(file, image.archive);
      expect(lookAtOciArchive(file, { version: '0.0.0-spec', commit })).toEqual({ problems: [], digest: image.digest });
      expect(image.archive.includes('and not committed')).toBe(false);
      expect(image.archive.includes('"name": "tributary"')).toBe(true);
    } finally {
      for (const { name } of images) execFileSync('docker', ['rmi', '--force', `${name}:0.0.0-spec`], { stdio: 'ignore' });
    }
  },
  300_000,
);
