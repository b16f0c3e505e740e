import type { Text } from '../../../../ui/words/make-text';
import type { Agreement } from '../../../view/agreement';
import type { ResultLine, SectionLine } from '../../../view/lines';
import { lettersIn, type RowLetters } from '../../../view/stacked-height';
import { scopeText } from '../scope-text';
import { verdictWord } from '../verdict-mark.component';

/** What the lines and cells of the results say. */
export class CellWords {
  constructor(
    private readonly t: Text,
    /** Names of the nodes of the run. */
    private readonly nodes: () => readonly string[],
  ) {}

  section({ failing, endpoints, untold }: SectionLine): string {
    if (failing > 0) return this.t('reachability.section.failing', failing, endpoints);
    if (untold === 0) return this.t('reachability.section.fine', endpoints);
    return untold === endpoints
      ? this.t('reachability.section.untold', endpoints)
      : this.t('reachability.section.partly', untold, endpoints);
  }

  /** For which wildcards an endpoint stands; '' where it stands for itself. */
  hint({ row: { entry } }: ResultLine): string {
    return entry.standsFor.length === 0
      ? ''
      : this.t('reachability.matrix.standsFor', entry.standsFor.join(', '));
  }

  /** What a line may have no room for. */
  title(line: ResultLine): string {
    return [line.row.door, this.hint(line)].filter(text => text !== '').join(' – ');
  }

  scope(cell: Agreement): string {
    return scopeText(this.t, cell, this.nodes());
  }

  /** The cell's accessible name. */
  name({ row }: ResultLine, cell: Agreement): string {
    return this.t('reachability.cell', row.door, this.scope(cell), verdictWord(this.t, cell.verdict));
  }

  /** Which of a cell's nodes waited long for the answer; the verdict does not tell. */
  slow({ row }: ResultLine, cell: Agreement): string | null {
    const nodes = cell.nodes.filter(index => row.cells[index]?.slow !== undefined);
    return nodes.length === 0
      ? null
      : this.t('reachability.cell.slow.where', nodes.map(index => this.nodes()[index] ?? '').join(', '));
  }

  /** How many letters a cell of a line shows; of each verdict the word is looked up once. */
  letters(): RowLetters {
    const words = new Map<Agreement['verdict'], number>();
    const gap = 2;
    const slow = gap + lettersIn(this.t('reachability.cell.slow'));
    const verdict = (cell: Agreement): number => {
      const word = words.get(cell.verdict) ?? lettersIn(verdictWord(this.t, cell.verdict));
      words.set(cell.verdict, word);
      return word + gap;
    };
    return {
      verdict,
      all: (cell, line) =>
        verdict(cell) + lettersIn(this.scope(cell)) + (this.slow(line, cell) === null ? 0 : slow),
    };
  }
}
