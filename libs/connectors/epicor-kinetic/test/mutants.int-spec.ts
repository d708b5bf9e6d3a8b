import { describeMutants } from '@tributary/connector-kit/conformance';
import { kineticDeclaration } from './kinetic-declaration.js';
import { kineticHarness } from './kinetic-harness.js';

describeMutants('epicor-kinetic', kineticDeclaration('odata'), () => kineticHarness());
