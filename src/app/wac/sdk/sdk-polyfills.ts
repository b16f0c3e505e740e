import { restoreReplaceAll } from './native-replace-all';
// Must be the first thing of the SDK that loads: it defines the global MsftSme.
import '@microsoft/windows-admin-center-sdk/core/polyfills';

restoreReplaceAll();
