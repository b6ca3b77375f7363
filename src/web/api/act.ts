import { notifications } from "@mantine/notifications";
import { type QueryKey, useMutation, useQueryClient } from "@tanstack/react-query";
import { useErrorText } from "../components/use-error-text.ts";
import type { ApiError } from "./error.ts";

interface Act<A, V> {
  /** The request: `(input) => answer(api.POST(…))`. */
  act: (input: V) => Promise<A>;
  /** What the act may have changed; every query whose key begins so is read again. */
  changes?: readonly QueryKey[];
  /** What to tell when it is done; absent, nothing is told. */
  done?: string | ((answer: A, input: V) => string);
  /** True when the caller shows the error itself, as dialogs do. */
  ownError?: boolean;
  onDone?: (answer: A, input: V) => void;
}

/** A write: runs it, reads again what it changed, tells what happened, shows the API's message when refused. */
export function useAct<A, V = void>({ act, changes = [], done, ownError, onDone }: Act<A, V>) {
  const queries = useQueryClient();
  const errorText = useErrorText();
  return useMutation<A, ApiError, V>({
    mutationFn: act,
    onSuccess: async (answer, input) => {
      await Promise.all(changes.map((queryKey) => queries.invalidateQueries({ queryKey })));
      const message = typeof done === "function" ? done(answer, input) : done;
      if (message) notifications.show({ message, color: "teal" });
      onDone?.(answer, input);
    },
    onError: (error) => {
      if (!ownError)
        notifications.show({ message: errorText(error), color: "red", autoClose: 12_000 });
    },
  });
}
