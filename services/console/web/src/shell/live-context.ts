import { createContext, useContext } from 'react';
import type { SignedIn } from '../identity/read-who-am-i.js';
import type { Live } from './live.js';

/** What the frame knows and every page may use. */
export interface Shell {
  readonly live: Live;
  /** Null: no identity is configured, so that everybody may do everything. Once a session has ended, who was signed in. */
  readonly person: SignedIn | null;
}

const waiting: Shell = {
  live: { snapshot: undefined, checkedAt: undefined, connection: 'connecting', problem: undefined },
  person: null,
};

/** Given by the frame. */
export const ShellContext = createContext<Shell>(waiting);

/** The live figures, and who is signed in. */
export function useShell(): Shell {
  return useContext(ShellContext);
}

/** Whether somebody may do something. @param person null: no identity is configured. */
export function mayDo(person: SignedIn | null, permission: string | undefined): boolean {
  return permission === undefined || person === null || person.permissions.includes(permission);
}
