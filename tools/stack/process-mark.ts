import { marker } from './orphans.js';
import type { Settings } from './settings.js';

/** Environment that marks a process of a stack, so that the next start finds processes that were left behind. */
export const mark = (settings: Settings): Record<string, string> => ({ [marker]: settings.folders.state });
