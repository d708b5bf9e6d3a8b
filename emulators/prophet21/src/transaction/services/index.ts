import type { EmulatorConfig } from '../../emulator.config.js';
import type { ServiceDefinition } from '../definition.js';
import { cashService } from './cash-receipts.js';
import { customerService } from './customer.js';
import { invoiceService } from './invoice.js';
import { orderService, rmaService, shippingService } from './order-windows.js';

const always: readonly ServiceDefinition[] = [customerService, invoiceService, orderService, rmaService, shippingService];

/** Services that `commands` reaches and `transaction` refuses: docs/reference/prophet21.md section 4 [verified]. */
export const commandsOnly: readonly string[] = ['ReverseARPayment', 'RestateForeignCurrencyAccount'];

/** The services of this server. */
function servicesOf(config: EmulatorConfig): ServiceDefinition[] {
  const cash = cashService(config);
  return cash ? [...always, cash] : [...always];
}

/** A service by its name, case-sensitive; undefined when there is none. */
export function serviceNamed(name: string, config: EmulatorConfig): ServiceDefinition | undefined {
  return servicesOf(config).find((service) => service.name === name);
}

/** Names of all services, in order. */
export function serviceNames(config: EmulatorConfig): string[] {
  return [...servicesOf(config).map(({ name }) => name), ...commandsOnly].sort();
}
