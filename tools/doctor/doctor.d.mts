import type { PortOwner } from './port-owner.mjs';

/** What the doctor looks at; a test hands in another one. */
export interface Machine {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly platform: NodeJS.Platform;
  readonly nodeVersion: string;
  readonly freeBytes: number;
  readonly memoryBytes: number;
  readonly root: string;
  /** Kafka and the registry are already in .tributary/cache. */
  readonly downloadsCached: boolean;
  readonly ports: Readonly<Record<string, number>>;
  portOwner(port: number): Promise<PortOwner | undefined>;
  /** Whether a process belongs to a stack of this workspace. */
  ownProcess(pid: number): boolean;
}

export interface Finding {
  readonly name: string;
  readonly level: 'ok' | 'warning' | 'missing';
  readonly says: string;
  readonly fix: readonly string[];
}

export const minimum: {
  readonly node: number;
  readonly runtime: number;
  readonly java: number;
  readonly freeBytes: number;
  readonly memoryBytes: number;
};
/** Where the Node may be that runs the product. */
export interface RuntimePlaces {
  /** Path where npm puts its own. */
  readonly own: string;
  readonly ownExists: boolean;
  /** The Node that runs this, and its version. */
  readonly execPath: string;
  readonly nodeVersion: string;
}

export function runtimeNode(places: RuntimePlaces): string;
export function examine(machine: Machine): Promise<Finding[]>;
export function javaMajor(text: string): number | undefined;
export function judgeNode(machine: Pick<Machine, 'nodeVersion' | 'platform'>): Finding;
export function judgeJava(machine: Pick<Machine, 'env' | 'platform'>): Finding;
export function judgeMaven(machine: Pick<Machine, 'env' | 'platform' | 'downloadsCached'>): Finding;
export function judgeGit(machine: Pick<Machine, 'env' | 'platform'>): Finding;
export function judgeDisk(machine: Pick<Machine, 'freeBytes' | 'root'>): Finding;
export function judgeMemory(machine: Pick<Machine, 'memoryBytes'>): Finding;
export function judgePort(machine: Pick<Machine, 'portOwner' | 'ownProcess'>, name: string, port: number): Promise<Finding | undefined>;
export function portTaken(name: string, owner: PortOwner): string;
export function freePort(name: string, owner: PortOwner): string;
export function report(findings: readonly Finding[]): string[];
