import { useEffect, useState } from 'react';
import type { Snapshot } from './api.js';

export type Connection = 'connecting' | 'live' | 'lost';

const staleAfterMs = 40_000; // recon writes a comment every 15 s, which EventSource hides; a missed close shows after this.

/** The newest snapshot and the state of the line. EventSource reconnects by itself. */
export function useLive(): { snapshot: Snapshot | undefined; connection: Connection } {
  const [snapshot, setSnapshot] = useState<Snapshot>();
  const [connection, setConnection] = useState<Connection>('connecting');

  useEffect(() => {
    let source: EventSource;
    let timer: ReturnType<typeof setTimeout>;
    const open = (): void => {
      source = new EventSource('/api/feed');
      source.addEventListener('snapshot', (event) => {
        setSnapshot(JSON.parse((event as MessageEvent<string>).data) as Snapshot);
        setConnection('live');
      });
      source.onopen = () => setConnection('live');
      source.onerror = () => {
        setConnection('lost');
        // A refused connection (502 from the console while recon is away) ends an EventSource for good: open a new one.
        if (source.readyState === EventSource.CLOSED) {
          clearTimeout(timer);
          timer = setTimeout(open, 2_000);
        }
      };
    };
    open();
    const wake = setInterval(() => {
      if (source.readyState === EventSource.CLOSED) open();
    }, staleAfterMs);
    return () => {
      clearTimeout(timer);
      clearInterval(wake);
      source.close();
    };
  }, []);

  return { snapshot, connection };
}
