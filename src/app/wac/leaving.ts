import { InjectionToken, signal, type Signal } from '@angular/core';
import { browserLeaveGuard } from './browser-platform';
import type { LeaveGuard } from './platform';

/** Whether the shell waits for an answer before it takes the tool away. */
export interface LeaveQuestion {
  readonly asked: Signal<boolean>;
  answer(leave: boolean): void;
}

/** Absent where no shell is around the tool. */
export const LEAVE_QUESTION = new InjectionToken<LeaveQuestion>('LeaveQuestion');

export type LeaveState = 'free' | 'waiting' | 'stay';

/**
 * Between the shell, which asks again and again whether it may leave, and the administrator, who is asked once. Without
 * something that holds the tool nobody is asked.
 */
export class LeaveDesk implements LeaveGuard, LeaveQuestion {
  private readonly askedSignal = signal(false);
  private held = 0;
  private given: boolean | undefined;

  readonly asked = this.askedSignal.asReadonly();

  /** The browser asks, too, when the tab is closed. */
  hold(): () => void {
    this.held++;
    const release = browserLeaveGuard.hold();
    return () => {
      release();
      this.held--;
      if (this.held === 0) this.askedSignal.set(false);
    };
  }

  isHeld(): boolean {
    return this.held > 0;
  }

  answer(leave: boolean): void {
    if (!this.askedSignal()) return;
    this.given = leave;
    this.askedSignal.set(false);
  }

  /** One question of the shell. */
  mayLeave(): LeaveState {
    const answer = this.given;
    this.given = undefined;
    if (this.held === 0 || answer === true) return 'free';
    if (answer === false) return 'stay';
    this.askedSignal.set(true);
    return 'waiting';
  }
}
