import { join } from 'node:path';
import { freePorts, programFlags, serviceFlags, workspaceRoot } from '@tributary/local-stack';
import { compared, connections, contest, measuresOf, refusals } from '../contest.js';
import type { Contender } from '../contest.js';
import { secret } from '../load.js';
import type { Row, RowOptions } from '../result.js';
import { endpoint, ingest, wholeStack } from '../services.js';
import { answers, Subject } from '../subject.js';

/** What the same libraries can do without anything of ours: the limit of this stack on this machine. */
export const floorRow: Row = {
  name: 'floor',
  says: `ingest beside the shortest script with the same libraries that verifies, parses, writes and answers, ${connections} connections`,
  async run(options: RowOptions) {
    const stack = await wholeStack();
    const contenders: Contender[] = [];
    try {
      await stack.createTopics(['floor'], 6);
      const [port] = (await freePorts(1)) as [number];
      const ours = await ingest(stack);
      const floor = new Subject(
        'floor',
        [
          process.execPath,
          ...programFlags(workspaceRoot),
          ...serviceFlags('ingest'),
          join(workspaceRoot, 'proof/dist/bench/floor-under-load.js'),
        ],
        { FLOOR_PORT: String(port), FLOOR_BROKER: stack.brokers[0] as string, FLOOR_SECRET: secret },
        { ready: answers(`http://127.0.0.1:${port}/ready`) },
      );
      contenders.push({ subject: ours, port: ours.port, path: `/webhooks/stripe/${endpoint}` });
      contenders.push({ subject: floor, port, path: '/webhooks/stripe' });
      for (const { subject } of contenders) await subject.start();
      const rounds = await contest(contenders, options);
      const goals = compared(rounds, {
        what: 'requests/s over the shortest script',
        peer: 'floor',
        pick: ({ perSecond }) => perSecond,
        goal: 'at least 0.9',
        reached: (ratio) => ratio >= 0.9,
      });
      const notes = [
        'The script has no envelope, seal, card guard, metrics, trace, log line, deadline or limit, and its records carry no headers.',
        ...refusals(rounds),
      ];
      return { measures: measuresOf(rounds), goals, notes };
    } finally {
      await Promise.all(contenders.map(({ subject }) => subject.stop()));
      await stack.stop();
    }
  },
};
