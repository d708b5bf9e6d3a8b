import { describeErpConnector } from '@tributary/connector-kit/conformance';
import { restDeclaration } from './rest-declaration.js';
import { restHarness } from './rest-harness.js';

describeErpConnector('rest with the documented API of Prophet 21', restDeclaration, restHarness);
