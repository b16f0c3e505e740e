import { inject, InjectionToken } from '@angular/core';
import { HOST } from '../../wac/host';

/** Moments in words, by the language and region of the shell and never by the browser's; '' for what is none. */
export interface Times {
  /** Date and time to the second: two changes of one minute stay two. */
  moment(at: Date | string): string;
  /** Date and time to the minute, where a column has no room for more. */
  minute(at: Date | string): string;
  /** Time of a day that is known. */
  clock(at: Date | string): string;
}

export function makeTimes(locale: string): Times {
  const by = (options: Intl.DateTimeFormatOptions): ((at: Date | string) => string) => {
    const format = new Intl.DateTimeFormat(locale, options);
    return at => {
      const date = new Date(at);
      return Number.isNaN(date.getTime()) ? '' : format.format(date);
    };
  };
  return {
    moment: by({ dateStyle: 'medium', timeStyle: 'medium' }),
    minute: by({ dateStyle: 'medium', timeStyle: 'short' }),
    clock: by({ timeStyle: 'medium' }),
  };
}

export const TIMES = new InjectionToken<Times>('Times', {
  providedIn: 'root',
  factory: () => makeTimes(inject(HOST).locale),
});
