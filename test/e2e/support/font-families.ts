import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Tool } from './tool.ts';

const FONTS = join(import.meta.dirname, '../../../node_modules/@fontsource');

interface Face {
  readonly weight: string;
  readonly base64: string;
}

/**
 * Two families far apart, in the width of their letters and in the height of their lines, for tests that must not
 * depend on the fonts of the computer. The narrow one has the flat lines of Liberation Sans (ascent and descent of its
 * `hhea` table), under which links in a list once were 23.6 px apart.
 */
const FAMILIES: Readonly<
  Record<string, { readonly faces: readonly Face[]; readonly descriptors: FontFaceDescriptors }>
> = {
  narrow: {
    faces: facesOf('archivo-narrow'),
    descriptors: { ascentOverride: '90.5%', descentOverride: '21.2%', lineGapOverride: '3.3%' },
  },
  wide: { faces: facesOf('dejavu-sans'), descriptors: {} },
};

export const FAMILY_NAMES: readonly string[] = Object.keys(FAMILIES);

/** Puts every text of the tool into a family. From bytes and through the object model, which the page's policy allows. */
export async function wearFamily(tool: Tool, name: string): Promise<void> {
  await tool.document().evaluate(
    async ([family, looks]) => {
      if (looks && ![...document.fonts].some(face => face.family === family)) {
        for (const { weight, base64 } of looks.faces) {
          const bytes = Uint8Array.from(atob(base64), character => character.charCodeAt(0));
          document.fonts.add(await new FontFace(family, bytes, { weight, ...looks.descriptors }).load());
        }
      }
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(`*, ::before, ::after { font-family: '${family}' !important; }`);
      document.adoptedStyleSheets = [sheet];
      await document.fonts.ready;
    },
    [`test-${name}`, FAMILIES[name]] as const,
  );
}

/** Back to the fonts of the computer. */
export function takeOffFamily(tool: Tool): Promise<void> {
  return tool.document().evaluate(() => {
    document.adoptedStyleSheets = [];
  });
}

function facesOf(name: string): readonly Face[] {
  return ['400', '700'].map(weight => ({
    weight,
    base64: readFileSync(join(FONTS, name, 'files', `${name}-latin-${weight}-normal.woff2`)).toString(
      'base64',
    ),
  }));
}
