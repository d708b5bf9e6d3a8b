import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import { understand } from '#commands/command-line.mjs';

/** Options of `npm start`. */
export interface StartArguments {
  readonly detach: boolean;
  readonly demo: boolean;
  /** Names of parts to leave out, e.g. to run one of them in a debugger. */
  readonly without: readonly string[];
  /** Ledgers to post to; empty: those of .env.demo. */
  readonly targets: readonly string[];
  /** Folder of flows, mappings, profiles and tables, absolute. */
  readonly assets: string | undefined;
}

/** Arguments of `npm start -- ...`. @param from folder that a relative path starts at. @throws Error naming the argument that is wrong. */
export function parseArguments(args: readonly string[], from: string = process.cwd()): StartArguments {
  const understood = understand(['start', ...args]);
  if (understood.kind !== 'run') throw new Error(understood.kind === 'wrong' ? understood.problem : understood.text);
  const { values } = understood;
  const assets = values.assets?.at(-1) as string | undefined;
  return {
    detach: values.detach !== undefined,
    demo: values['no-demo'] === undefined,
    without: (values.without ?? []).flatMap((names) => String(names).split(',')).filter(Boolean),
    targets: (values.targets ?? []).flatMap((names) => String(names).split(',')).filter(Boolean),
    assets: assets === undefined ? undefined : assetFolder(assets, from),
  };
}

/** An existing folder, as an absolute path. @throws Error when it is none. */
export function assetFolder(given: string, from: string): string {
  const folder = resolve(from, given);
  if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory())
    throw new Error(`--assets ${given}: there is no folder ${folder}. Give the folder that holds flows/, mappings/ and profiles/.`);
  return folder;
}

/** The folder in which the user typed `npm run ...`; npm itself changes to the root of the workspace. */
export function typedIn(env: Readonly<Record<string, string | undefined>>): string {
  return env.INIT_CWD || process.cwd();
}
