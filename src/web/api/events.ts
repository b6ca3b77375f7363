import { useEffect, useState } from "react";

/** The latest state that an event stream of the API told; the browser reconnects by itself. */
export function useEvents<T>(path: string | null): T | undefined {
  const [state, setState] = useState<T>();
  useEffect(() => {
    setState(undefined);
    if (path === null) return;
    const source = new EventSource(`/api/v1${path}`);
    source.onmessage = (event: MessageEvent<string>) => setState(JSON.parse(event.data) as T);
    // The stream ends when its subject does; without this the browser would ask for ever.
    let failures = 0;
    source.onopen = () => {
      failures = 0;
    };
    source.onerror = () => {
      failures += 1;
      if (failures > 5) source.close();
    };
    return () => source.close();
  }, [path]);
  return state;
}
