import {
  type EnvironmentModule as Module,
  EnvironmentModule,
  EnvironmentModuleEntryPointType,
  type EnvironmentModuleEntryPoint,
} from '@microsoft/windows-admin-center-sdk/core/manifest/environment-modules';
import {
  RpcDeactivateState,
  RpcOpenState,
  RpcType,
} from '@microsoft/windows-admin-center-sdk/core/rpc/rpc-base';
import type { RpcOutbound } from '@microsoft/windows-admin-center-sdk/core/rpc/rpc-outbound';
import { firstValueFrom } from 'rxjs';
import { element } from './page.ts';
import type { ShellServices } from './shell-services.ts';
import type { ThemeName } from './theme.ts';
import type { WireLog } from './wire-log.ts';

/** A tool that answers "not yet" is asked again after this time. */
const ASK_AGAIN_MS = 250;

/** The tool in its frame: opened, left, returned to. */
export class ToolFrame {
  readonly #services: ShellServices;
  readonly #module: Module;
  readonly #frame: HTMLIFrameElement;
  readonly #subName: string;

  private constructor(services: ShellServices, module: Module, frame: HTMLIFrameElement, subName: string) {
    this.#services = services;
    this.#module = module;
    this.#frame = frame;
    this.#subName = subName;
  }

  /** Loads the one installed tool and opens it at a route. */
  static async open(services: ShellServices, wire: WireLog, path: string): Promise<ToolFrame> {
    const { entry, module } = installedTool();
    const frame = document.createElement('iframe');
    frame.title = entry.displayName ?? module.name;
    // A tool in development stands at the root of its own origin (the SDK's EnvironmentModule.toAbsolutePath).
    frame.src = `${module.origin}${module.isSideLoaded ? '' : (module.target ?? '')}/index.html`;
    if (module.isSideLoaded) reloadWith(frame);
    element('tool').replaceChildren(frame);
    const window = frame.contentWindow;
    if (!window) throw new Error('The browser made no window for the tool.');
    const { rpc } = services;
    const subName = await rpc.moduleConnect(module.name, entry.name ?? '', wire.listening(window), true);
    await rpc.moduleInit(module.name, subName, entry);
    const tool = new ToolFrame(services, module, frame, subName);
    await tool.#openPath(path);
    return tool;
  }

  async #openPath(path: string): Promise<void> {
    for (;;) {
      const answer = await this.#services.rpc.moduleOpen(this.#module.name, this.#subName, path);
      if (answer.state === RpcOpenState.Opened) return;
      if (answer.state === RpcOpenState.Failed)
        throw new Error(`The tool did not open: ${answer.error ?? ''}`);
      await pause();
    }
  }

  /** Asks the tool to let go; false when it wants to stay. */
  async leave(): Promise<boolean> {
    for (;;) {
      const answer = await this.#services.rpc.moduleDeactivate2(this.#module.name, this.#subName);
      if (answer.state === RpcDeactivateState.Cancelled) return false;
      if (answer.state === RpcDeactivateState.Deactivated) break;
      await pause();
    }
    this.#frame.hidden = true;
    return true;
  }

  async comeBack(path: string): Promise<void> {
    this.#frame.hidden = false;
    await this.#services.rpc.moduleActivate(this.#module.name, this.#subName, true, path);
  }

  async applyTheme(newTheme: ThemeName): Promise<void> {
    const { rpc, themes } = this.#services;
    const outbound = rpc.rpcManager.rpcChannel.getRpc<RpcOutbound>(
      this.#module.name,
      this.#subName,
      RpcType.Outbound,
    );
    await firstValueFrom(themes.updateTheme({ newTheme }, outbound));
  }
}

function installedTool(): { entry: EnvironmentModuleEntryPoint; module: Module } {
  const [entry] = EnvironmentModule.getEntryPointsByType([EnvironmentModuleEntryPointType.Tool]);
  if (!entry?.parentModule) throw new Error('No tool is installed in the emulator.');
  return { entry, module: entry.parentModule };
}

/** Live reload reloads the tool's page alone; only a reload of the shell opens it again. */
function reloadWith(frame: HTMLIFrameElement): void {
  let loads = 0;
  frame.addEventListener('load', () => {
    loads += 1;
    if (loads > 1) location.reload();
  });
}

function pause(): Promise<void> {
  return new Promise(resolve => {
    setTimeout(resolve, ASK_AGAIN_MS);
  });
}
