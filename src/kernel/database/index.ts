export {
  checkServer,
  Database,
  type DatabaseOptions,
  isDatabaseFault,
  type PinnedConnection,
  type SystemTx,
  type Tx,
} from "./database.ts";
export { migrate } from "./migrate.ts";
