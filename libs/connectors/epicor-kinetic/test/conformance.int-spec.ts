import { describeErpConnector } from '@tributary/connector-kit/conformance';
import { kineticHarness } from './kinetic-harness.js';

describeErpConnector('epicor-kinetic', () => kineticHarness());
describeErpConnector('epicor-kinetic with BAQs and a session', () => kineticHarness({ lookup: 'baq', session: true }));
