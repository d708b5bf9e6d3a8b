import type { RunState } from './run-file.js';
import type { Settings } from './settings.js';

/** Settings as the running stack has them: its ports and its targets, whatever the environment of this command says. */
export function settingsOfRun(settings: Settings, { ports, targets }: Pick<RunState, 'ports' | 'targets'>): Settings {
  return {
    ...settings,
    ports: ports as Settings['ports'],
    demo: targets === undefined ? settings.demo : { ...settings.demo, TRIBUTARY_TARGETS: targets },
  };
}
