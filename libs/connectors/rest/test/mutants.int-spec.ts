import { describeMutants } from '@tributary/connector-kit/conformance';
import { restDeclaration } from './rest-declaration.js';
import { restHarness } from './rest-harness.js';

describeMutants('rest', restDeclaration, restHarness);
