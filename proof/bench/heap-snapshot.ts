import { mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';

/** What is alive in a heap: bytes by kind, where a kind is the class of an object, or what V8 calls what is no object. */
export interface LiveHeap {
  readonly bytes: number;
  readonly kinds: ReadonlyMap<string, number>;
}

/** The part of a V8 heap snapshot that is read (v8.dev/docs; `node --heapsnapshot-signal`). */
interface Snapshot {
  readonly snapshot: {
    readonly meta: { readonly node_fields: readonly string[]; readonly node_types: readonly [readonly string[], ...unknown[]] };
  };
  readonly nodes: readonly number[];
  readonly strings: readonly string[];
}

/** Sums a heap snapshot by kind. V8 collects all garbage before it writes one, so everything in it is kept by something. */
export function liveHeap(snapshot: Snapshot): LiveHeap {
  const { node_fields: fields, node_types: types } = snapshot.snapshot.meta;
  const [type, name, size] = ['type', 'name', 'self_size'].map((field) => fields.indexOf(field)) as [number, number, number];
  const kinds = new Map<string, number>();
  let bytes = 0;
  for (let at = 0; at < snapshot.nodes.length; at += fields.length) {
    const word = types[0][snapshot.nodes[at + type] as number] as string;
    const kind = word === 'object' ? (snapshot.strings[snapshot.nodes[at + name] as number] as string) : `(${word})`;
    const own = snapshot.nodes[at + size] as number;
    bytes += own;
    kinds.set(kind, (kinds.get(kind) ?? 0) + own);
  }
  return { bytes, kinds };
}

/** The kinds that take more than before, most first. */
export function growth(before: LiveHeap, after: LiveHeap): [kind: string, bytes: number][] {
  return [...after.kinds]
    .map(([kind, bytes]): [string, number] => [kind, bytes - (before.kinds.get(kind) ?? 0)])
    .filter(([, bytes]) => bytes > 0)
    .sort(([, a], [, b]) => b - a);
}

/** Environment that lets a Node process write a heap snapshot when it is told to. */
export function snapshotEnvironment(folder: string): Record<string, string> {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  return { NODE_OPTIONS: `--heapsnapshot-signal=${snapshotSignal} --diagnostic-dir=${folder}` };
}

/** Signal at which such a process writes one. */
export const snapshotSignal = 'SIGUSR2';
const patienceMs = 120_000;
const lookEveryMs = 500;

/** Waits for the only snapshot in a folder, reads it and removes it. @throws after two minutes. */
export async function takeSnapshot(folder: string): Promise<LiveHeap> {
  const deadline = Date.now() + patienceMs;
  for (;;) {
    const file = readdirSync(folder).find((name) => name.endsWith('.heapsnapshot'));
    const heap = file && wholeSnapshot(join(folder, file));
    if (heap) {
      rmSync(join(folder, file as string));
      return heap;
    }
    if (Date.now() > deadline) throw new Error(`no heap snapshot came in ${folder} within ${patienceMs / 1_000} s`);
    await new Promise((resolve) => setTimeout(resolve, lookEveryMs));
  }
}

/** undefined as long as it is being written: its text ends in the middle. */
function wholeSnapshot(file: string): LiveHeap | undefined {
  let snapshot: Snapshot;
  try {
    snapshot = JSON.parse(readFileSync(file, 'utf8')) as Snapshot;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
  return liveHeap(snapshot);
}
