import { chartValues, renderChart } from './chart.js';

describe('the page of the chart', () => {
  it('has every value with its default and its comment', () => {
    const text = [
      '# -- What it is called.',
      "name: ''",
      'kafka:',
      '  # -- Addresses,',
      '  # comma separated.',
      '  brokers: []',
      '  # -- How long.',
      '  waitMs: 5',
    ].join('\n');
    expect(chartValues(text)).toEqual([
      { path: 'name', fallback: '""', description: 'What it is called.' },
      { path: 'kafka.brokers', fallback: '[]', description: 'Addresses, comma separated.' },
      { path: 'kafka.waitMs', fallback: '5', description: 'How long.' },
    ]);
  });

  it('refuses a value that nobody described', () => {
    expect(() => chartValues('# -- One.\na: 1\nb: 2')).toThrow('no comment `# --` before b');
  });

  it('describes every shipped value', () => {
    expect(renderChart()).toContain('| `targets` | `[]` |');
  });
});
