import {
  NotificationChangeEvent,
  type Notification,
} from '@microsoft/windows-admin-center-sdk/core/notification/notification';
import type { NotificationConnection } from '@microsoft/windows-admin-center-sdk/core/notification/notification-connection';
import { NotificationState } from '@microsoft/windows-admin-center-sdk/core/notification/notification-state';
import { element, setText } from './page.ts';

/** One notification as it is shown, and as tests read it. */
export interface ShownNotification {
  readonly id: string;
  /** `InProgress`, `Success`, `Warning`, `Error` … */
  readonly state: string;
  readonly title: string;
  readonly message: string;
  readonly node: string;
}

const WORDS: Readonly<Record<string, string>> = {
  Started: 'Started',
  InProgress: 'In progress',
  Critical: 'Critical',
  Error: 'Error',
  Warning: 'Warning',
  Success: 'Success',
  Informational: 'Information',
};

/** The bell and its pane; newest first, one entry an id. */
export class NotificationsPane {
  readonly #shown = new Map<string, ShownNotification>();

  constructor(connection: NotificationConnection) {
    const bell = element('bell');
    const pane = element('notifications');
    const close = element('notifications-close');
    const show = (open: boolean): void => {
      pane.hidden = !open;
      bell.setAttribute('aria-expanded', String(open));
      (open ? close : bell).focus();
    };
    bell.addEventListener('click', () => {
      show(Boolean(pane.hidden));
    });
    close.addEventListener('click', () => {
      show(false);
    });
    pane.addEventListener('keydown', event => {
      if (event.key === 'Escape') show(false);
    });
    connection.notificationManager.changed.subscribe(({ changeEvent, notification }) => {
      if (!notification?.id) return;
      if (changeEvent === NotificationChangeEvent.Remove) this.#shown.delete(notification.id);
      else this.#show(notification);
      this.#render();
    });
  }

  get shown(): readonly ShownNotification[] {
    return [...this.#shown.values()];
  }

  #show(notification: Notification): void {
    this.#shown.delete(notification.id);
    this.#shown.set(notification.id, {
      id: notification.id,
      state: NotificationState[notification.state],
      title: notification.title,
      message: notification.message,
      node: notification.nodeName,
    });
  }

  #render(): void {
    setText('count', String(this.#shown.size));
    element('no-notifications').hidden = this.#shown.size > 0;
    element('notification-list').replaceChildren(...this.shown.map(entry).reverse());
  }
}

function entry(notification: ShownNotification): HTMLElement {
  const item = document.createElement('li');
  item.append(
    line('note-title', notification.title),
    line('note-message', notification.message),
    line('note-meta', `${WORDS[notification.state] ?? notification.state} – ${notification.node}`),
  );
  return item;
}

function line(name: string, text: string): HTMLElement {
  const paragraph = document.createElement('p');
  paragraph.className = name;
  paragraph.textContent = text;
  return paragraph;
}
