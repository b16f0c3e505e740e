import './sdk-polyfills.ts';
import { networkInWords, readAbout } from './about.ts';
import { answerCommands } from './commands.ts';
import { NotificationsPane } from './notifications.ts';
import { element, setText } from './page.ts';
import { startShell } from './shell-services.ts';
import { exposeHooks, type ShellState } from './test-hooks.ts';
import { firstTheme, paint, type ThemeName } from './theme.ts';
import { ToolFrame } from './tool-frame.ts';
import { WireLog } from './wire-log.ts';

const state: ShellState = {
  wire: new WireLog(),
  reports: [],
  notifications: undefined,
  ready: false,
  error: '',
};
let theme: ThemeName = firstTheme();

async function start(): Promise<void> {
  exposeHooks(state);
  paint(theme);
  showTheme();
  const about = await readAbout();
  setText('network', networkInWords(about.network));
  setText('scenario', about.scenario);
  const services = await startShell(theme);
  setText('connection', services.connections.activeConnection.name);
  state.notifications = new NotificationsPane(services.notifications);
  answerCommands(services, report => {
    state.reports.push(report);
    // The address carries the route, so that a reload leads back to it.
    if (report.path !== undefined) history.replaceState(null, '', `#${report.path}`);
  });
  const tool = await ToolFrame.open(services, state.wire, currentRoute());
  state.ready = true;
  setText('status', 'The tool is open.');
  wireButtons(tool);
}

/** The tool's route as WAC hands it over: without the leading slash. */
function currentRoute(): string {
  return decodeURIComponent(location.hash.replace(/^#\/?/, ''));
}

function wireButtons(tool: ToolFrame): void {
  // The address's fragment belongs to the tool's route, so the skip link may not change it.
  element('skip').addEventListener('click', event => {
    event.preventDefault();
    element('tool').focus();
  });
  const leave = element('leave', HTMLButtonElement);
  const comeBack = element('return');
  const away = document.createElement('p');
  away.className = 'away';
  away.textContent = 'You left the tool. It keeps its place: return with the button above.';
  let route = '';
  leave.disabled = false;
  leave.addEventListener('click', () => {
    void run(async () => {
      route = currentRoute();
      if (!(await tool.leave())) {
        setText('status', 'The tool asked to stay open.');
        return;
      }
      leave.hidden = true;
      comeBack.hidden = false;
      comeBack.focus();
      element('tool').append(away);
      setText('status', 'You left the tool.');
    });
  });
  comeBack.addEventListener('click', () => {
    void run(async () => {
      away.remove();
      await tool.comeBack(route);
      comeBack.hidden = true;
      leave.hidden = false;
      leave.focus();
      setText('status', 'The tool is open.');
    });
  });
  element('theme').addEventListener('click', () => {
    void run(async () => {
      theme = theme === 'dark' ? 'light' : 'dark';
      paint(theme);
      showTheme();
      await tool.applyTheme(theme);
    });
  });
}

function showTheme(): void {
  element('theme').setAttribute('aria-pressed', String(theme === 'dark'));
}

/** A failure stands on the page and in the test hooks, never only in the console. */
async function run(work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    state.error = error instanceof Error ? `${error.message}\n${error.stack ?? ''}` : String(error);
    setText('status', `The emulator failed: ${error instanceof Error ? error.message : String(error)}`);
  }
}

void run(start);
