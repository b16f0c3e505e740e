import { ChangeDetectionStrategy, Component, computed, inject, input, output, signal } from '@angular/core';
import { TEXT } from '../../../ui/words/text';
import { DIGEST } from '../../../wac/digest';
import { type ModuleFile, type PackageRead, readChosen } from '../../module/read-package';

/** A package that was chosen and is what it should be. */
export interface ChosenPackage {
  readonly fileName: string;
  readonly sha512: string;
  readonly files: readonly ModuleFile[];
}

interface Chosen {
  readonly fileName: string;
  readonly sha512: string;
  readonly read: PackageRead;
}

/** Takes the module's package from the administrator's computer, for nodes that cannot reach the gallery. */
@Component({
  selector: 'oc-proxy-package',
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <section aria-labelledby="oc-package-heading">
      <h3 id="oc-package-heading">{{ t('proxy.package.heading') }}</h3>
      <p>{{ t('proxy.package.lead', names()) }}</p>
      <div class="oc-field">
        <label for="oc-package-file">{{ t('proxy.package.file') }}</label>
        <input
          id="oc-package-file"
          type="file"
          accept=".nupkg,.zip"
          aria-describedby="oc-package-result"
          (click)="forget($event)"
          (change)="choose($event)"
        />
      </div>
      <div id="oc-package-result" role="status">
        @if (problem(); as text) {
          <p class="oc-error">{{ text }}</p>
        }
        @if (good(); as package) {
          <p>{{ t('proxy.package.good', package.fileName, package.files.length) }}</p>
          @if (package.sha512 !== '') {
            <p>
              {{ t('proxy.package.hash') }} <code>{{ package.sha512 }}</code>
            </p>
          } @else {
            <p>{{ t('proxy.package.no-hash') }}</p>
          }
        }
      </div>
      @if (good(); as package) {
        <button
          type="button"
          class="oc-button"
          [attr.aria-disabled]="waits() !== ''"
          (click)="waits() !== '' || install.emit(package)"
        >
          {{ t('proxy.package.install', names()) }}
        </button>
        @if (waits(); as text) {
          <p class="oc-hint">{{ text }}</p>
        }
      }
    </section>
  `,
  styles: `
    h3 {
      margin-block-end: var(--spacingVerticalS);
    }
    p {
      margin: 0 0 var(--spacingVerticalS);
      overflow-wrap: anywhere;
    }
    [aria-disabled='true'] {
      opacity: 0.6;
      cursor: not-allowed;
    }
  `,
})
export class ProxyPackageComponent {
  /** Of the nodes without the module. */
  readonly names = input.required<string>();
  /** Why nothing may be started; the buttons stay in the tab order so that focus is not lost. '' when it may. */
  readonly waits = input('');
  readonly install = output<ChosenPackage>();

  protected readonly t = inject(TEXT);
  private readonly digest = inject(DIGEST);
  private readonly chosen = signal<Chosen | undefined>(undefined);
  private turn = 0;

  protected readonly problem = computed(() => {
    const chosen = this.chosen();
    if (chosen === undefined || chosen.read.ok) return '';
    const { problem, found } = chosen.read;
    return this.t(`proxy.package.problem.${problem}`, chosen.fileName, found);
  });
  protected readonly good = computed<ChosenPackage | undefined>(() => {
    const chosen = this.chosen();
    if (chosen === undefined || !chosen.read.ok) return undefined;
    return { fileName: chosen.fileName, sha512: chosen.sha512, files: chosen.read.files };
  });

  protected async choose(event: Event): Promise<void> {
    const turn = ++this.turn;
    this.chosen.set(undefined);
    const file = (event.target as HTMLInputElement).files?.[0];
    if (file === undefined) return;
    const { bytes, read } = await readChosen(file);
    const sha512 = read.ok ? await this.digest(bytes) : '';
    if (turn === this.turn) this.chosen.set({ fileName: file.name, sha512, read });
  }

  /** A browser tells nothing of the file that was chosen before, although it may be another one by now. */
  protected forget(event: Event): void {
    this.turn++;
    this.chosen.set(undefined);
    (event.target as HTMLInputElement).value = '';
  }
}
