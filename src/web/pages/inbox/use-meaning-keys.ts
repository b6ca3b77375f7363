import { useEffect, useRef } from "react";
import { isWriting } from "../../components/typing.ts";
import { type Meaning, meaningKeys } from "./types.ts";

/** The letter of a meaning says it, anywhere but in a field; a held key says it once. */
export function useMeaningKeys(say: (meaning: Meaning) => void): void {
  const latest = useRef(say);
  latest.current = say;
  useEffect(() => {
    let going = 0;
    const press = (event: KeyboardEvent) => {
      if (isWriting(event) || event.defaultPrevented || event.repeat) return;
      // `g i` goes to the inbox elsewhere; its second letter must not be taken for a correction.
      const afterG = Date.now() - going < 1500;
      going = event.key === "g" ? Date.now() : 0;
      if (afterG) return;
      const meaning = meaningKeys.find(([, key]) => key === event.key)?.[0];
      if (!meaning) return;
      event.preventDefault();
      latest.current(meaning);
    };
    window.addEventListener("keydown", press);
    return () => window.removeEventListener("keydown", press);
  }, []);
}
