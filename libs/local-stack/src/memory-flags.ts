import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

/** Most that objects that stay may take in a service, MiB. */
const serviceHeapMiB = 320;

/**
 * How much memory a Node process may take, as flags of node: the same for `npm start`, the image (Dockerfile) and the benchmarks.
 * Young objects get 3 x 4 MiB instead of 3 x 16: a hundred MiB less under load for no more than a few per cent of its speed
 * (proof/bench/README.md).
 * @param oldMiB most that objects that stay may take; then the process ends.
 */
export function heapFlags(oldMiB: number): string[] {
  return [`--max-old-space-size=${oldMiB}`, '--max-semi-space-size=4'];
}

/**
 * The same for the door, which lives on short objects and shares its cores with nothing that waits: the collector's helper threads cost it
 * more than they help (9,000 instead of 7,000 deliveries a second, and half of the p99), and only it (transform needs more memory so).
 */
const doorFlags: readonly string[] = ['--single-threaded-gc', '--max-semi-space-size=6', '--max-old-space-size=192'];

/** The sink keeps little and makes much: with more room for young objects it needs a fifth less CPU. 12 MiB would be more than the 180 that a service may take. */
const sinkFlags: readonly string[] = ['--max-semi-space-size=8', `--max-old-space-size=${serviceHeapMiB}`];

/** The flags of a service, by its name in the stack. */
export function serviceFlags(name: string): readonly string[] {
  if (name === 'ingest') return doorFlags;
  return name.startsWith('erp-sink') ? sinkFlags : heapFlags(serviceHeapMiB);
}

/**
 * What every service and emulator is started with. Maps of our own sources for stack traces. And the parser of HTTP answers, which is
 * WebAssembly in Node's `fetch` and in undici, stays as it was first compiled: to optimize it takes 25 MiB for a moment, which malloc
 * keeps for good, and saves microseconds per answer. V8 takes no such flag from NODE_OPTIONS.
 * @param root the folder of the workspace.
 */
export function programFlags(root: string): string[] {
  return ['--import', pathToFileURL(join(root, 'libs/platform/dist/source-maps.js')).href, ...unoptimizedWebAssembly];
}

/** The first alone does nothing, the second alone has everything optimized at once. */
const unoptimizedWebAssembly: readonly string[] = ['--no-wasm-tier-up', '--no-wasm-dynamic-tiering'];

/** Memory of many small buffers goes back to the system sooner when glibc does not keep it per thread (mallopt(3)). */
export const allocator: Readonly<Record<string, string>> = { MALLOC_ARENA_MAX: '1' };
