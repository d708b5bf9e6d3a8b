import type { AssetFile } from './assets/asset-reader.js';

/**
 * Whether a set of assets has a profile that shared flows post to, and no such flow: it is the folder of one kind of target alone, and the flows
 * stand in the folder {@link sharedFolder} beside it.
 */
export function needsSharedFlows(files: readonly AssetFile[]): boolean {
  const says = (line: RegExp): boolean => files.some(({ text }) => line.test(text));
  return says(/^role:/m) && !says(/^targets:/m);
}

/** Name of the folder that has the flows and tables which all kinds of targets share. */
export const sharedFolder = 'shared';
