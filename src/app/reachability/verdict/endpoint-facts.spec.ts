import { makePlan, type PlanRow } from '../plan/probe-plan';
import { endpointFacts } from './endpoint-facts';

const row = (id: string, rule: Partial<PlanRow['rule']> = {}): PlanRow => ({
  ...{ host: `${id}.contoso.com`, port: 443, protocol: 'https' },
  rule: { id, ...rule },
});

describe('what the plan knows of an endpoint', () => {
  it.each<[string, PlanRow, boolean]>([
    ['a published rule', row('login'), false],
    ["the administrator's own rule", row('own-https-a-443'), true],
    [
      "a name that the organization's authority signs for",
      row('portal', { authority: 'organization' }),
      true,
    ],
  ])('of %s', (_, one, own) => {
    const plan = makePlan([one]);
    const [target] = plan.targets;
    expect(target && endpointFacts(plan, target).own).toBe(own);
  });
});
