import { root } from '../contracts/workspace.js';
import { stackEnvironment } from '../stack/environment.js';
import { runningState } from '../stack/run-file.js';
import { foldersOf, loadSettings } from '../stack/settings.js';
import type { Environment } from '../stack/settings.js';
import { settingsOfRun } from '../stack/settings-of-run.js';

/** What the services of `npm start` are told: by the stack that runs, else by the environment. */
export function stackVariables(env: Environment): ReturnType<typeof stackEnvironment> {
  const loaded = loadSettings(root, env);
  const state = runningState(foldersOf(root, env).run);
  return stackEnvironment(state ? settingsOfRun(loaded, state) : loaded);
}
