import type { Config } from "../kernel/config.ts";
import { bootstrap, firstEmail } from "../modules/access/index.ts";
import { createSink } from "../modules/sending/index.ts";
import { makeDemo } from "./demo/index.ts";
import { type Heed, openHeed } from "./open.ts";
import { buildWeb, checkPort, listen } from "./web.ts";
import { startWorker } from "./worker.ts";

export interface Running {
  url: string;
  /** Where it takes mail, when it does. */
  smtpPort: number | null;
  heed: Heed;
  stop(): Promise<void>;
}

/**
 * Starts the roles of this process and tells, through `say`, what a person needs
 * next: the address, and the first administrator's one-time link.
 */
export async function start(
  config: Config,
  options: { demo: boolean; say: (line: string) => void },
): Promise<Running> {
  const { say } = options;
  if (config.roles.includes("web")) await checkPort(config.port);
  const heed = await openHeed({ ...config }, { role: "owner", say });
  const stops: (() => Promise<void>)[] = [() => heed.close()];
  const stop = async () => {
    for (const each of stops.splice(0).reverse()) await each();
  };
  try {
    const beginning = await bootstrap(heed.db, {
      bootstrapKey: config.bootstrapKey,
      log: heed.log,
      furnish: createSink,
    });
    if (options.demo) await makeDemo(heed.db, { publicUrl: config.publicUrl, say });
    let url = config.publicUrl;
    let smtpPort: number | null = null;
    if (config.roles.includes("web")) {
      const server = await buildWeb(heed);
      stops.push(() => server.close());
      const port = await listen(server, config.port);
      // Port 0 asks the system for a free one; links must name the one it gave.
      if (config.port === 0) {
        url = `http://localhost:${port}`;
        heed.config.publicUrl = url;
      }
    }
    if (config.roles.includes("worker")) {
      const worker = await startWorker(heed);
      stops.push(() => worker.stop());
      smtpPort = worker.smtpPort;
      if (smtpPort !== null) say(`Heed takes mail by SMTP on port ${smtpPort}`);
      if (worker.sendingOff) say(worker.sendingOff);
    }
    say(`Heed is at ${url}`);
    if (beginning) {
      say(
        `Sign in as the first administrator, once, within 24 hours: ${url}/sign-in?token=${beginning.link.token}`,
      );
    } else {
      say(`To make a new sign-in link: bin/heed user link ${firstEmail}`);
    }
    return { url, smtpPort, heed, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}
