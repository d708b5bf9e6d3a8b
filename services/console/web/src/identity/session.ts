import { useSyncExternalStore } from 'react';
import { sent } from '../api/sent.js';
import { readWhoAmI } from './read-who-am-i.js';
import type { WhoAmI } from './read-who-am-i.js';

/** What this tab knows: undefined until the console has answered once. */
export interface SessionState {
  readonly who: WhoAmI | undefined;
  /** Somebody was signed in on this page and is not any more: what they typed is still there. */
  readonly ended: boolean;
}

const channelName = 'tributary-identity-1';
const channel = typeof window === 'undefined' || typeof BroadcastChannel === 'undefined' ? undefined : new BroadcastChannel(channelName);
const listeners = new Set<() => void>();
let state: SessionState = { who: undefined, ended: false };
let asking: Promise<void> | undefined;

if (channel) channel.onmessage = () => void recheck();

/** Who is signed in, as this tab knows it; the component draws again when it changes. */
export function useSession(): SessionState {
  return useSyncExternalStore(subscribe, () => state);
}

/** The CSRF token for requests that change something; undefined while nobody is signed in. */
export function csrfToken(): string | undefined {
  return state.who?.person?.csrfToken;
}

/** Asks the console who is signed in. While it does not answer, what was known stays. Never throws. */
export function recheck(): Promise<void> {
  asking ??= ask().finally(() => {
    asking = undefined;
  });
  return asking;
}

/** Asks again, and has the other tabs ask as well: somebody signed in or out. */
export async function sessionChanged(): Promise<void> {
  await asking; // a question that was asked before the change may be answered with what was before
  await recheck();
  channel?.postMessage('changed');
}

/** Somebody signed out on this page: nothing that they typed is to be kept. */
export function forgetPerson(): void {
  if (state.who) publish({ who: { ...state.who, person: null }, ended: false });
}

async function ask(): Promise<void> {
  try {
    const response = await fetch('/identity/me', { headers: { accept: 'application/json', 'x-background': 'true' } });
    // A console without identity of an older version has no such address.
    learn(readWhoAmI(sent(response.ok ? await response.json() : {})));
  } catch {
    if (state.who === undefined) learn(readWhoAmI(sent({}))); // the pages say that the console does not answer
  }
}

function learn(who: WhoAmI): void {
  const [before, now] = [state.who?.person, who.person];
  // What stands on the page was shown to somebody else: nothing of it may stay.
  if (lastSubject !== undefined && now && now.subject !== lastSubject) window.location.reload();
  if (now) lastSubject = now.subject;
  publish({ who, ended: who.identityConfigured && !now && (state.ended || Boolean(before)) });
}

function publish(next: SessionState): void {
  state = next;
  for (const listener of listeners) listener();
}

let lastSubject: string | undefined;

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
