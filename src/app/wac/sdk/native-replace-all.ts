// Taken before the SDK's polyfills run: imports are evaluated in order.
const native = Object.getOwnPropertyDescriptor(String.prototype, 'replaceAll');

/** The SDK's polyfills replace `String.prototype.replaceAll` by one that fails on a RegExp; puts the browser's back. */
export function restoreReplaceAll(): void {
  if (native) Object.defineProperty(String.prototype, 'replaceAll', native);
}
