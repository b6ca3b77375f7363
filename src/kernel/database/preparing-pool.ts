import type { PostgresPool } from "kysely";
import type pg from "pg";

/** Names are given once per text and kept: a program has some hundred statements, not thousands. */
const names = new Map<string, string>();
const mostNames = 500;

function nameOf(text: string): string | undefined {
  const known = names.get(text);
  if (known !== undefined || names.size >= mostNames) return known;
  const name = `s${names.size}`;
  names.set(text, name);
  return name;
}

/**
 * The same connections, with every statement prepared under a name of its own:
 * PostgreSQL then parses it once a connection and, where that costs no more,
 * plans it once. For work that runs a few fixed statements thousands of times.
 */
export function preparingPool(pool: pg.Pool): PostgresPool {
  return {
    async connect() {
      const client = await pool.connect();
      return {
        // Kysely calls it as (text, values); its cursors are not used here.
        query: ((text: string, values?: readonly unknown[]) => {
          const name = values && values.length > 0 ? nameOf(text) : undefined;
          return client.query({
            text,
            values: values ? [...values] : [],
            ...(name ? { name } : {}),
          });
        }) as never,
        release: () => client.release(),
      };
    },
    end: async () => {},
  };
}
