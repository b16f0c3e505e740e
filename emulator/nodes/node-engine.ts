/** What runs on a node. Parameters reach the script's own `param` block as data, never as text. */
export interface ScriptRequest {
  readonly script: string;
  readonly parameters?: Readonly<Record<string, unknown>>;
}

/** One error record as the engine gives it. */
export interface ScriptError {
  readonly message: string;
  /** Full name of the exception's .NET type. */
  readonly type: string;
  /** For example `CommandNotFoundException`; '' when the engine gave none. */
  readonly fullyQualifiedErrorId: string;
}

/** How a run ended. */
export interface ScriptEnd {
  readonly errors: readonly ScriptError[];
  /** The run was stopped from outside and did not reach its own end. */
  readonly stopped: boolean;
}

/** A run reports each object as it is written, then exactly one end. */
export interface ScriptHandlers {
  output(value: unknown): void;
  progress?(record: ScriptProgress): void;
  end(end: ScriptEnd): void;
}

export interface ScriptProgress {
  readonly activity: string;
  /** 0–100, or -1 when the script does not say. */
  readonly percentComplete: number;
}

export interface ScriptRun {
  /** Asks the engine to stop; `end` still comes. Safe to call again. */
  stop(): void;
}

/** The PowerShell of one simulated node. */
export interface NodeEngine {
  run(request: ScriptRequest, handlers: ScriptHandlers): ScriptRun;
  /** What tests look at: registry, environment, facts. */
  state(): Promise<unknown>;
  close(): Promise<void>;
}
