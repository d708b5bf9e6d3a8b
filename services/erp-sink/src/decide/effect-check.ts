export { effectProblem, unbalancedCode } from '@tributary/posting';
