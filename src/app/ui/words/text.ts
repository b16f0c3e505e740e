import { inject, InjectionToken } from '@angular/core';
import { HOST } from '../../wac/host';
import { makeText, type Text } from './make-text';

export { makeText, type Text };

export const TEXT = new InjectionToken<Text>('Text', {
  providedIn: 'root',
  factory: () => makeText(inject(HOST).strings),
});
