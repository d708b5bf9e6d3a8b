import { AsyncLocalStorage } from 'node:async_hooks';
import type { ExchangeObserver, HttpExchange } from '@tributary/connector-kit';

const collecting = new AsyncLocalStorage<HttpExchange[]>();

/** Runs a call of the connector, and collects what it sends and is answered. @param into list that exchanges are added to as they end. */
export function collectExchanges<T>(into: HttpExchange[], work: () => Promise<T>): Promise<T> {
  return collecting.run(into, work);
}

/** Whoever collects exchanges of the call that a request belongs to; undefined: nobody does. */
export const exchangeObserver: ExchangeObserver = () => {
  const into = collecting.getStore();
  return into && ((exchange) => void into.push(exchange));
};
