import type { AssetFile } from './assets/asset-reader.js';

/**
 * Whether a set of assets has a profile that shared flows post to, but no such flow. It is then the folder of a single kind of target, and
 * the shared flows are in the folder {@link sharedFolder} next to it.
 */
export function needsSharedFlows(files: readonly AssetFile[]): boolean {
  const says = (line: RegExp): boolean => files.some(({ text }) => line.test(text));
  return says(/^role:/m) && !says(/^targets:/m);
}

/** Name of the folder with the flows and tables that all kinds of targets share. */
export const sharedFolder = 'shared';
