import { LanguageInventory as SdkInventory } from '@microsoft/windows-admin-center-sdk/core/data/language';
import { LanguageInventory } from './language-ids';

const idsOf = (cultures: readonly { readonly id: string }[]): readonly string[] =>
  cultures.map(({ id }) => id);

describe('The ids of languages', () => {
  it("are those of the SDK's own list, and the same one comes first", () => {
    const [own, theirs] = [new LanguageInventory(), new SdkInventory()];
    expect(idsOf(own.neutralCultures)).toEqual(idsOf(theirs.neutralCultures));
    expect([...idsOf(own.regionalCultures)].sort()).toEqual([...idsOf(theirs.regionalCultures)].sort());
  });
});
