import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";
import { Worker, type WorkerOptions } from "node:worker_threads";

/**
 * Starts a thread with the program `name` that lies beside the file whose
 * `import.meta.url` is `own`: built, as JavaScript; from the sources, through
 * the loader that runs them.
 */
export function startThread(own: string, name: string, options: WorkerOptions = {}): Worker {
  if (!own.endsWith(".ts")) return new Worker(new URL(`./${name}.js`, own), options);
  const loader = pathToFileURL(
    createRequire(own)
      .resolve("tsx/esm/api")
      .replace(/\.cjs$/, ".mjs"),
  ).href;
  const program = new URL(`./${name}.ts`, own).href;
  const start = `import(${JSON.stringify(loader)}).then(({ register }) => { register(); return import(${JSON.stringify(program)}); });`;
  return new Worker(start, { ...options, eval: true, execArgv: [] });
}
