import {
  type RpcDialogConfirmationListRequest,
  type RpcDialogConfirmationRequest,
  type RpcDialogData,
  type RpcDialogMessageRequest,
  type RpcDialogResult,
  RpcDialogState,
  RpcDialogType,
} from '@microsoft/windows-admin-center-sdk/core/rpc/dialog/rpc-dialog-model';
import { ask, element, setText } from './page.ts';

type Request = Partial<
  RpcDialogConfirmationRequest & RpcDialogConfirmationListRequest & RpcDialogMessageRequest
>;

/** The SDK gives an answer up after 10 s: say "still open" before, it asks again at once. */
const HOLD_MS = 4000;

/** Dialogs that a tool asks its shell to show: a message, a confirmation, a list to confirm. */
export class Questions {
  readonly #open = new Map<string, Promise<RpcDialogResult>>();

  answer(data: RpcDialogData): Promise<RpcDialogResult> {
    const { dialogId, type } = data;
    if (type === RpcDialogType.Close) {
      element('question', HTMLDialogElement).close();
      this.#open.delete(dialogId);
      return Promise.resolve({ dialogId, type, state: RpcDialogState.ForcedTerminated });
    }
    const result = this.#open.get(dialogId) ?? this.#show(data);
    this.#open.set(dialogId, result);
    const waiting = new Promise<RpcDialogResult>(resolve => {
      setTimeout(() => {
        resolve({ dialogId, type, state: RpcDialogState.Opened });
      }, HOLD_MS);
    });
    return Promise.race([result, waiting]);
  }

  async #show({ dialogId, type, request }: RpcDialogData): Promise<RpcDialogResult> {
    const asked: Request = request ?? {};
    setText('question-title', asked.title ?? '');
    setText(
      'question-message',
      [asked.message, asked.listHeaderText, ...(asked.list ?? [])].filter(Boolean).join('\n'),
    );
    setText('question-confirm', asked.confirmButtonText ?? asked.buttonText ?? 'OK');
    setText('question-cancel', asked.cancelButtonText ?? '');
    setText('question-check-text', asked.checkboxText ?? '');
    element('question-cancel').hidden = !asked.cancelButtonText;
    element('question-check-label').hidden = !asked.checkboxText;
    const check = element('question-check', HTMLInputElement);
    check.checked = false;
    const answer = await ask(element('question', HTMLDialogElement));
    const response = { confirmed: answer === 'confirm', checkboxResult: check.checked };
    return { dialogId, type, state: RpcDialogState.Closed, response };
  }
}
