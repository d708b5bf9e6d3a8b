import { describeErpConnector } from '@tributary/connector-kit/conformance';
import { p21Declaration } from './p21-declaration.js';
import { p21Harness } from './p21-harness.js';

describeErpConnector('prophet21', p21Declaration, () => p21Harness());
