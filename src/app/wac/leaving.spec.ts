import {
  RpcDeactivateState,
  RpcOutboundCommands,
} from '@microsoft/windows-admin-center-sdk/core/rpc/rpc-base';
import { LeaveDesk } from './leaving';
import type { SdkServices } from './sdk/sdk-services';
import { startShellSession } from './sdk/sdk-session';

type Handler = (data: unknown) => Promise<unknown>;

/** The shell's side: what the tool answers to its calls. */
function shellAround(desk: LeaveDesk) {
  const handlers = new Map<RpcOutboundCommands, Handler>();
  const rpc = {
    init: () => undefined,
    registerInboundHandler: () => undefined,
    registerOutboundHandler: () => undefined,
    register: (command: RpcOutboundCommands, handler: Handler) => handlers.set(command, handler),
  };
  startShellSession({ rpc } as unknown as SdkServices, desk);
  const call = (command: RpcOutboundCommands, data: unknown = {}) => handlers.get(command)?.(data);
  return {
    leave: async () =>
      ((await call(RpcOutboundCommands.Deactivate2)) as { state: RpcDeactivateState } | undefined)?.state,
    shutdown: async (force: boolean) =>
      ((await call(RpcOutboundCommands.Shutdown, { force })) as { canShutdown: boolean } | undefined)
        ?.canShutdown,
  };
}

describe('leaving the tool inside Windows Admin Center', () => {
  it('asks nobody when nothing is under way', async () => {
    const desk = new LeaveDesk();
    const shell = shellAround(desk);
    expect(await shell.leave()).toBe(RpcDeactivateState.Deactivated);
    expect(await shell.shutdown(false)).toBe(true);
    expect(desk.asked()).toBe(false);
  });

  it('asks once while something is held, whatever the shell asks again, and stays or leaves as told', async () => {
    const desk = new LeaveDesk();
    const shell = shellAround(desk);
    desk.hold();
    expect(await shell.leave()).toBe(RpcDeactivateState.InProgress);
    expect(await shell.leave()).toBe(RpcDeactivateState.InProgress);
    expect(desk.asked()).toBe(true);
    desk.answer(false);
    expect(desk.asked()).toBe(false);
    expect(await shell.leave()).toBe(RpcDeactivateState.Cancelled);
    // Later is another time.
    expect(await shell.leave()).toBe(RpcDeactivateState.InProgress);
    desk.answer(true);
    expect(await shell.leave()).toBe(RpcDeactivateState.Deactivated);
  });

  it('is not ended behind the administrator’s back, unless the shell insists', async () => {
    const desk = new LeaveDesk();
    const shell = shellAround(desk);
    const release = desk.hold();
    expect(await shell.shutdown(false)).toBe(false);
    expect(await shell.shutdown(true)).toBe(true);
    release();
    expect(await shell.shutdown(false)).toBe(true);
  });

  it('asks no more when what was held came to its end', async () => {
    const desk = new LeaveDesk();
    const shell = shellAround(desk);
    const release = desk.hold();
    await shell.leave();
    release();
    expect(desk.asked()).toBe(false);
    expect(await shell.leave()).toBe(RpcDeactivateState.Deactivated);
  });
});
