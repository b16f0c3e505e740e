import { type KeptSelection, keepSelection, readKeptSelection } from './kept-selection';

describe('what is kept of a selection', () => {
  it('comes back as it was', () => {
    const selection: KeptSelection = {
      ...{ edition: '2024-06', cloud: 'usgov', region: 'usgovvirginia', vendor: 'dell' },
      ...{ arcGateway: true, published: true },
      features: { '2024-06': ['registration'], '2022-01': [] },
      answers: { 'key-vault': 'my-vault' },
    };
    expect(readKeptSelection(keepSelection(selection))).toEqual(selection);
  });

  it.each<KeptSelection>([
    {},
    { edition: undefined, arcGateway: false, published: false },
    { features: {}, answers: { 'key-vault': undefined } },
  ])('is nothing when nothing was chosen: %j', selection => {
    expect(keepSelection(selection)).toBeUndefined();
  });

  it.each([undefined, '', 'null', '[]', '7', '{', '"public"'])('reads %s as nothing', kept => {
    expect(keepSelection(readKeptSelection(kept))).toBeUndefined();
  });

  it('leaves out what is of another kind', () => {
    const kept = JSON.stringify({
      ...{ edition: 7, cloud: 'mars', region: {}, vendor: null, arcGateway: 'yes', published: 1 },
      features: { '2022-01': ['registration', 7], '2022-04': 'all' },
      answers: { 'key-vault': [], 'witness-account': 'mine', other: 'x' },
    });
    expect(readKeptSelection(kept)).toEqual({
      arcGateway: false,
      published: false,
      features: { '2022-01': ['registration'] },
      answers: { 'witness-account': 'mine' },
    });
  });
});
