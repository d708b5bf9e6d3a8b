import type { Child } from '@tributary/local-stack';

/** What every part of the stack has. Parts start when everything they depend on is ready, so independent ones start at once. */
interface Common {
  readonly name: string;
  readonly dependsOn: readonly string[];
}

/** A process that keeps running. */
export interface ProcessPart extends Common {
  readonly kind: 'infrastructure' | 'emulator' | 'service';
  readonly port: number;
  /** Starts the process; does not wait until it is ready. */
  start(): Promise<Child>;
  /** Resolves when it is ready; rejects when it ended first or took too long. */
  ready(child: Child): Promise<void>;
  /** Whether it is ready now; asked by `status`. Quick, never throws. */
  isReady(): Promise<boolean>;
  /** Ends it cleanly within the time, SIGKILL afterwards. SIGTERM unless told. */
  end?(child: Child, graceMs: number): Promise<void>;
  /** Time to drain, ms. */
  readonly graceMs: number;
}

/** Something to do once, e.g. making topics. */
export interface TaskPart extends Common {
  readonly kind: 'task';
  run(): Promise<void>;
}

/** A part of the stack: a process that keeps running, or a task that ends. */
export type Part = ProcessPart | TaskPart;

/** State of a part, in the order in which it usually passes through them. */
export type PartState = 'waiting' | 'starting' | 'ready' | 'done' | 'restarting' | 'stopping' | 'stopped' | 'failed';
