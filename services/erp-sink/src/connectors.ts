import type { ErpConnector } from '@tributary/connector-kit';
import { connectorFor as registeredConnector } from '@tributary/target-registry';
import { exchangeObserver } from './call-exchanges.js';
import { callDeadlineCheck } from './call-deadline.js';

/** The connector of this process's target. Its requests leave only before the deadline of their call. @throws what the registry throws. */
export function connectorFor(kind: string, env: NodeJS.ProcessEnv): ErpConnector {
  return registeredConnector(kind, env, { permit: callDeadlineCheck, observe: exchangeObserver });
}
