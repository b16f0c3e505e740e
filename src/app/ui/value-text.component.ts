import { ChangeDetectionStrategy, Component, computed, input } from '@angular/core';

/**
 * A text with values in it – servers, lists, paths. A value stays on one line where it fits on one; where it does not, it
 * breaks where it has a joint, before it breaks in a name or a port.
 */
@Component({
  selector: 'oc-value-text, p[ocValueText]',
  changeDetection: ChangeDetectionStrategy.OnPush,
  // White space here would be white space in the text.
  // prettier-ignore
  template: `@for (piece of pieces(); track $index) {@if (piece.length === 1) {{{ piece[0] }}} @else {<span>@for (part of piece; track $index) {@if (!$first) {<wbr />}{{ part }}}</span>}}`,
  styles: `
    span {
      display: inline-block;
      max-inline-size: 100%;
    }
  `,
})
export class ValueTextComponent {
  readonly text = input.required<string>();
  protected readonly pieces = computed(() => piecesOf(this.text()));
}

/** Behind what divides a list, a pair or a path; before a dot or a port, so that no line ends like a sentence. */
const JOINTS = /(?<=[;,=|])(?=.)|(?<=[/\\])(?=[^/\\])|(?<=[\p{L}\p{N}*\])])(?=[.:][\p{L}\p{N}*])/u;

/** Characters of a word that stands on one line in the narrowest column. */
const SHORT = 12;

/** The text's long words, each in the parts between which a line may end, and what is between them as it is. */
export function piecesOf(text: string): readonly (readonly string[])[] {
  return text
    .split(/(\S+)/)
    .reduce<string[][]>((pieces, word) => {
      const parts = word.length > SHORT ? word.split(JOINTS) : [word];
      const last = pieces.at(-1);
      if (parts.length === 1 && last?.length === 1) last[0] = `${last[0] ?? ''}${word}`;
      else pieces.push(parts);
      return pieces;
    }, [])
    .filter(parts => parts.length > 1 || parts[0] !== '');
}
