import type { ErpConnector } from '../../erp-connector.js';
import type { ErpDocument } from '../../erp-document.js';
import type { PostingOutcome } from '../../posting-outcome.js';
import type { Capability } from '../capability.js';
import type { ErpConnectorHarness } from '../harness.js';

/** A bug that is put into a connector by wrapping it. */
export interface Mutant {
  readonly name: string;
  /** The capabilities whose cases have to notice; it is applied to connectors that declare all of them. */
  readonly capabilities: readonly Capability[];
  /** Makes the wrapper of one run; what it remembers is shared by all connectors of the run. */
  make(): (connector: ErpConnector, harness: ErpConnectorHarness) => ErpConnector;
}

/** A connector with some of its members replaced. Its other methods keep their own `this`. */
export function over(connector: ErpConnector, replaced: Partial<ErpConnector>): ErpConnector {
  return new Proxy(connector, {
    get(target, name) {
      if (Object.hasOwn(replaced, name)) return replaced[name as keyof ErpConnector];
      const value: unknown = Reflect.get(target, name);
      return typeof value === 'function' ? (value.bind(target) as unknown) : value;
    },
  });
}

/** A mutant that changes what `post` answers. */
export function answering(
  name: string,
  capability: Capability,
  change: (outcome: PostingOutcome, document: ErpDocument, harness: ErpConnectorHarness) => PostingOutcome,
): Mutant {
  return {
    name,
    capabilities: [capability],
    make: () => (connector, harness) =>
      over(connector, { post: async (document, signal) => change(await connector.post(document, signal), document, harness) }),
  };
}

/** A mutant that changes the document before it is posted. */
export function sending(name: string, capability: Capability, change: (document: ErpDocument) => ErpDocument): Mutant {
  return {
    name,
    capabilities: [capability],
    make: () => (connector) => over(connector, { post: (document, signal) => connector.post(change(document), signal) }),
  };
}

/** A mutant that replaces methods. */
export function replacing(
  name: string,
  capabilities: readonly Capability[],
  replace: (connector: ErpConnector, harness: ErpConnectorHarness) => Partial<ErpConnector>,
): Mutant {
  return { name, capabilities, make: () => (connector, harness) => over(connector, replace(connector, harness)) };
}
