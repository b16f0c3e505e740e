/**
 * In the place of the SDK's crypto.js (`fileReplacements` in angular.json). Passwords are encrypted by the shell: a tool's manager of
 * credentials hands each to its parent (authorization-manager.js, `forwardExecute`), and never asks for this. Thrown at once,
 * since net.js would take a failure that comes later for leave to send a password as it is.
 */
export const Crypto = {
  encryptRsaSha1: (): never => {
    throw new Error('A tool encrypts nothing: the shell does.');
  },
};
