import { describeErpConnector } from '@tributary/connector-kit/conformance';
import { kineticDeclaration } from './kinetic-declaration.js';
import { kineticHarness } from './kinetic-harness.js';

describeErpConnector('epicor-kinetic', kineticDeclaration('odata'), () => kineticHarness());
describeErpConnector('epicor-kinetic with BAQs, a session and a function', kineticDeclaration('baq'), () =>
  kineticHarness({ lookup: 'baq', session: true, writes: 'function' }),
);
