import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { imageLabels, toOciArchive } from './oci-archive.js';

/** Images of a release, and the stage of the Dockerfile that each one is. */
const images = { tributary: 'production', 'tributary-demo': 'demo' } as const;

/** Said where there is no engine: the release is made without images then, or not at all. */
export const engineMissing =
  'No Docker engine answers here (docker version), so no image can be made. Without --images the other files of the release are made.';

/** Whether a Docker engine answers. */
export function hasEngine(docker = 'docker'): boolean {
  const asked = spawnSync(docker, ['version', '--format', '{{.Server.Version}}'], { stdio: ['ignore', 'pipe', 'ignore'], timeout: 20_000 });
  return asked.status === 0;
}

/** An image among the files of a release. */
export interface MadeImage {
  /** `tributary`. */
  readonly name: string;
  /** Of its manifest, `sha256:...`: what a registry calls it by. */
  readonly digest: string;
  readonly archive: Buffer;
}

/**
 * Builds the images of a commit with the Docker engine of this machine, and saves each as an OCI archive.
 * @param source tar of what is committed, so that nothing else of the clone gets into an image. @throws {Error} when one cannot be built.
 */
export function makeImages(source: Buffer, about: { readonly version: string; readonly commit: string }, docker = 'docker'): MadeImage[] {
  const folder = mkdtempSync(join(tmpdir(), 'release-images-'));
  try {
    return Object.entries(images).map(([name, stage]) => {
      const reference = `${name}:${about.version}`;
      const labels = [`${imageLabels.version}=${about.version}`, `${imageLabels.revision}=${about.commit}`];
      const build = ['build', '--target', stage, '--tag', reference, ...labels.flatMap((label) => ['--label', label]), '-'];
      execFileSync(docker, build, { input: source, stdio: ['pipe', 'ignore', 'inherit'], env: { ...process.env, DOCKER_BUILDKIT: '1' } });
      const [saved, archive] = [join(folder, `${name}.saved.tar`), join(folder, `${name}.oci.tar`)];
      execFileSync(docker, ['save', '--output', saved, reference], { stdio: ['ignore', 'ignore', 'inherit'] });
      const digest = toOciArchive(saved, archive, reference);
      return { name, digest, archive: readFileSync(archive) };
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
