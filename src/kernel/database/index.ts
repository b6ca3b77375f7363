export {
  checkServer,
  Database,
  type DatabaseOptions,
  type PinnedConnection,
  type SystemTx,
  type Tx,
} from "./database.ts";
export { migrate } from "./migrate.ts";
