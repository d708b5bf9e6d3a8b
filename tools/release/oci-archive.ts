import { execFileSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { sha256 } from './provenance.js';

/** What `docker save` writes beside the parts of an image, in every version of the engine. */
const savedImages = z.tuple([z.looseObject({ Config: z.string(), Layers: z.array(z.string()) })]);
const descriptor = z.looseObject({ mediaType: z.string(), digest: z.string().regex(/^sha256:[0-9a-f]{64}$/), size: z.number() });
const index = z.looseObject({ manifests: z.tuple([descriptor]) });
const manifest = z.looseObject({ config: descriptor, layers: z.array(descriptor).min(1) });
const imageConfig = z.looseObject({
  config: z.looseObject({ Labels: z.record(z.string(), z.string()).nullish() }).optional(),
  rootfs: z.object({ diff_ids: z.array(z.string()) }),
});
type Descriptor = z.infer<typeof descriptor>;

const mediaTypes = {
  index: 'application/vnd.oci.image.index.v1+json',
  manifest: 'application/vnd.oci.image.manifest.v1+json',
  config: 'application/vnd.oci.image.config.v1+json',
  layer: 'application/vnd.oci.image.layer.v1.tar',
} as const;
/** The version of the layout, by the OCI image specification. */
const layout = '{"imageLayoutVersion":"1.0.0"}';
/** Labels of the OCI image specification that say what an image was made from. */
export const imageLabels = { version: 'org.opencontainers.image.version', revision: 'org.opencontainers.image.revision' } as const;

/**
 * Makes an OCI archive (a tar of an image layout) of what `docker save` wrote, whichever format the engine saves in. The same image gives the same bytes.
 * @param reference name and tag that the image has in it. @returns the digest of its manifest, `sha256:...`.
 * @throws {Error} when the file holds no image, or several.
 */
export function toOciArchive(saved: string, archive: string, reference: string): string {
  return inFolder((folder) => {
    const [from, to] = [join(folder, 'saved'), join(folder, 'oci')];
    mkdirSync(from);
    mkdirSync(join(to, 'blobs/sha256'), { recursive: true });
    execFileSync('tar', ['-xf', saved, '-C', from]);
    const [{ Config, Layers }] = savedImages.parse(JSON.parse(readFileSync(join(from, 'manifest.json'), 'utf8')));
    const put = (mediaType: string, bytes: Buffer): Descriptor => {
      const digest = sha256(bytes);
      writeFileSync(join(to, 'blobs/sha256', digest), bytes);
      return { mediaType, digest: `sha256:${digest}`, size: bytes.length };
    };
    const body = {
      ...{ schemaVersion: 2, mediaType: mediaTypes.manifest, config: put(mediaTypes.config, readFileSync(join(from, Config))) },
      layers: Layers.map((layer) => put(mediaTypes.layer, readFileSync(join(from, layer)))),
    };
    const made = put(mediaTypes.manifest, Buffer.from(JSON.stringify(body)));
    const annotations = { 'org.opencontainers.image.ref.name': reference };
    const named = { schemaVersion: 2, mediaType: mediaTypes.index, manifests: [{ ...made, annotations }] };
    writeFileSync(join(to, 'index.json'), JSON.stringify(named));
    writeFileSync(join(to, 'oci-layout'), layout);
    const alike = ['--sort=name', '--mtime=@0', '--owner=0', '--group=0', '--numeric-owner', '--mode=go=rX,u=rwX'];
    execFileSync('tar', [...alike, '-C', to, '-cf', `${archive}.next`, 'blobs', 'index.json', 'oci-layout']);
    copyFileSync(`${archive}.next`, archive);
    rmSync(`${archive}.next`);
    return made.digest;
  });
}

/** What an OCI archive says of itself. */
export interface LookedAt {
  /** What is wrong with it, one sentence each. */
  readonly problems: readonly string[];
  /** Digest of its manifest; undefined when it cannot be read. */
  readonly digest: string | undefined;
}

/** Looks into an OCI archive: every part is what its name and size say, and its labels name this version and commit. */
export function lookAtOciArchive(
  archive: string,
  from: { readonly version?: string | undefined; readonly commit?: string | undefined },
): LookedAt {
  try {
    return inFolder((folder) => {
      execFileSync('tar', ['-xf', archive, '-C', folder], { stdio: 'pipe' });
      return lookAtLayout(folder, from);
    });
  } catch {
    return { problems: ['it is no OCI archive of one image'], digest: undefined };
  }
}

function lookAtLayout(folder: string, from: { readonly version?: string | undefined; readonly commit?: string | undefined }): LookedAt {
  const blobs = join(folder, 'blobs/sha256');
  const read = (digest: string): Buffer => readFileSync(join(blobs, digest.replace(/^sha256:/, '')));
  const broken = readdirSync(blobs).filter((name) => sha256(readFileSync(join(blobs, name))) !== name);
  if (broken.length > 0) return { problems: broken.map((name) => `the part ${name} is not what its name says`), digest: undefined };
  const [top] = index.parse(JSON.parse(readFileSync(join(folder, 'index.json'), 'utf8'))).manifests;
  const { config, layers } = manifest.parse(JSON.parse(read(top.digest).toString('utf8')));
  const missing = [config, ...layers].filter(
    ({ digest, size }) => !existsSync(join(blobs, digest.slice(7))) || read(digest).length !== size,
  );
  if (missing.length > 0) return { problems: missing.map(({ digest }) => `the part ${digest} is not here`), digest: top.digest };
  const { rootfs, config: settings } = imageConfig.parse(JSON.parse(read(config.digest).toString('utf8')));
  const labels = settings?.Labels ?? {};
  const plain = layers.every(({ mediaType }) => mediaType === mediaTypes.layer);
  const isOfLayers = !plain || JSON.stringify(rootfs.diff_ids) === JSON.stringify(layers.map(({ digest }) => digest));
  return {
    problems: [
      ...(isOfLayers ? [] : ['its layers are not those of its configuration']),
      ...differing(labels, imageLabels.version, from.version),
      ...differing(labels, imageLabels.revision, from.commit),
    ],
    digest: top.digest,
  };
}

function differing(labels: Readonly<Record<string, string>>, label: string, expected: string | undefined): string[] {
  const found = labels[label];
  return expected === undefined || found === expected ? [] : [`its label ${label} is ${found ?? 'missing'}, and not ${expected}`];
}

function inFolder<Result>(work: (folder: string) => Result): Result {
  const folder = mkdtempSync(join(tmpdir(), 'oci-archive-'));
  try {
    return work(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
