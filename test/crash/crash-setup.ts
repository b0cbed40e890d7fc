/** How the agent that is about to be killed is set up, as JSON in its first argument. */
export interface CrashSetup {
  dataDirectory: string;
  /** Host and TCP port of the exchange. */
  host: string;
  port: number;
  /** Its own extension there. */
  extension: string;
  password: string;
  /** What it calls, each time one of them. */
  targets: string[];
  seed: number;
}
