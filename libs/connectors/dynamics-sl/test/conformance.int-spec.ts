import { describeErpConnector } from '@tributary/connector-kit/conformance';
import { slDeclaration } from './sl-declaration.js';
import { slHarness } from './sl-harness.js';

describeErpConnector('dynamics-sl', slDeclaration('rest'), () => slHarness('rest'));
describeErpConnector('dynamics-sl over SOAP', slDeclaration('soap'), () => slHarness('soap'));
