import { describeMutants } from '@tributary/connector-kit/conformance';
import { slDeclaration } from './sl-declaration.js';
import { slHarness } from './sl-harness.js';

describeMutants('dynamics-sl', slDeclaration('rest'), () => slHarness('rest'));
