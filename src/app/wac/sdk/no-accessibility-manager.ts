/**
 * In the place of the SDK's accessibility-manager.js (`fileReplacements` in angular.json): 20 kB with the dom.js behind it, that
 * move the focus by the SDK's own rules. `disableAccessibility` in connect.ts keeps core-environment.js from making one.
 */
export class AccessibilityManager {
  readonly isAbsent = true;
}
