import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

/** V8 old-generation limit per service, MiB. */
const serviceHeapMiB = 320;

/**
 * Heap limits of a Node process as command-line flags: the same for `npm start`, the image (Dockerfile) and the benchmarks.
 * The young generation is 3 x 4 MiB instead of 3 x 16: that saves 100 MiB under load and costs a few per cent of the speed
 * (proof/bench/README.md).
 * @param maxOldSpaceMiB limit of the old generation; the process aborts when it is exceeded.
 */
export function heapFlags(maxOldSpaceMiB: number): string[] {
  return [`--max-old-space-size=${maxOldSpaceMiB}`, '--max-semi-space-size=4'];
}

/**
 * Flags of ingest. Nearly all of its objects are short-lived and its cores are always busy, so the helper threads of the garbage
 * collector cost more than they save. Objects of a delivery are never created in the old generation: V8 begins to do that when a process is
 * slow for a moment, and then stays slow. A marking of the whole heap, with its pause of 50 ms, begins when the old generation is nearly
 * full and not as soon as it has grown a little (ADR 0085). Other services keep the defaults.
 */
const ingestFlags: readonly string[] = [
  '--single-threaded-gc',
  '--no-allocation-site-pretenuring',
  '--incremental-marking-soft-trigger=80', // per cent of the old generation's present limit
  '--incremental-marking-hard-trigger=95',
  '--min-semi-space-size=8', // MiB
  '--max-semi-space-size=8',
  '--max-old-space-size=192',
];

/** erp-sink creates many short-lived objects: a larger young generation saves a fifth of its CPU. 12 MiB would exceed the 180 MiB a service may use. */
const sinkFlags: readonly string[] = ['--max-semi-space-size=8', `--max-old-space-size=${serviceHeapMiB}`];

/** The flags of a service, by its name in the stack. */
export function serviceFlags(name: string): readonly string[] {
  if (name === 'ingest') return ingestFlags;
  return name.startsWith('erp-sink') ? sinkFlags : heapFlags(serviceHeapMiB);
}

/**
 * Flags that every service and emulator starts with: source maps of our own code for stack traces, and no optimising compiler for
 * WebAssembly. The HTTP parser of Node's `fetch` and of undici is WebAssembly; optimising it takes 25 MiB for a moment, which malloc never
 * returns, and saves microseconds per answer. V8 does not accept these flags from NODE_OPTIONS.
 * @param root folder of the workspace.
 */
export function programFlags(root: string): string[] {
  return ['--import', pathToFileURL(join(root, 'libs/platform/dist/source-maps.js')).href, ...unoptimizedWebAssembly];
}

/** Both are needed: the first alone has no effect, the second alone optimises everything at once. */
const unoptimizedWebAssembly: readonly string[] = ['--no-wasm-tier-up', '--no-wasm-dynamic-tiering'];

/** Environment for glibc: without an arena per thread, memory of small buffers returns to the system sooner (mallopt(3)). */
export const allocator: Readonly<Record<string, string>> = { MALLOC_ARENA_MAX: '1' };
