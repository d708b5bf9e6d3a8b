import { useEffect, useState } from 'react';
import { sent } from '../api/sent.js';
import { recheck } from '../identity/session.js';
import { readSnapshot } from '../recon/read.js';
import type { Snapshot } from '../recon/shapes.js';
import type { Connection } from './shared-feed.js';
import { browserHost, SharedFeed } from './shared-feed.js';

/** The newest figures, when they were last checked (ISO 8601), and the state of the connection to recon. */
export interface Live {
  readonly snapshot: Snapshot | undefined;
  readonly checkedAt: string | undefined;
  readonly connection: Connection;
  /** Set when the newest message could not be read; the figures are then those of the previous message. */
  readonly problem: string | undefined;
}

/** Follows the live stream while the component is mounted. @param paused nobody is signed in: what was read last stays, and nothing is asked. */
export function useLive(paused = false): Live {
  const [live, setLive] = useState<Live>({ snapshot: undefined, checkedAt: undefined, connection: 'connecting', problem: undefined });

  useEffect(() => {
    if (paused) return;
    let text: string | undefined;
    const feed = new SharedFeed(browserHost, (state) => {
      const changed = state.snapshot !== undefined && state.snapshot !== text;
      text = state.snapshot;
      if (state.connection === 'lost') void recheck(); // it also ends with the session
      const read = changed ? parsed(state.snapshot) : undefined;
      setLive((before) => ({
        snapshot: read?.snapshot ?? before.snapshot,
        checkedAt: state.checkedAt === undefined ? undefined : new Date(state.checkedAt).toISOString(),
        connection: state.connection,
        problem: read ? read.problem : before.problem,
      }));
    });
    return () => feed.close();
  }, [paused]);

  return live;
}

function parsed(text: string | undefined): { readonly snapshot?: Snapshot; readonly problem?: string } | undefined {
  try {
    return { snapshot: readSnapshot(sent(JSON.parse(text ?? ''))) };
  } catch (error) {
    return { problem: `The newest figures could not be read: ${error instanceof Error ? error.message : String(error)}` };
  }
}
