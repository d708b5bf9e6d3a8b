import { describeMutants } from '@tributary/connector-kit/conformance';
import { p21Declaration } from './p21-declaration.js';
import { p21Harness } from './p21-harness.js';

describeMutants('prophet21', p21Declaration, () => p21Harness());
