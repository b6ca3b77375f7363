import { useTranslation } from "react-i18next";
import { useAct } from "../../api/act.ts";
import { answer, api } from "../../api/client.ts";
import type { Selection } from "../../api/types.ts";
import { useFormats } from "../../i18n/format.ts";

export type ListAct = "add" | "remove" | "exclude" | "lift";

type Counts = Partial<Record<"added" | "already" | "excluded" | "removed" | "lifted", number>>;

function request(
  act: ListAct,
  id: string,
  selection: Selection,
): Promise<Counts | { job_id: string }> {
  const options = { params: { path: { id } }, body: { selection } };
  switch (act) {
    case "add":
      return answer(api.POST("/api/v1/lists/{id}/members", options));
    case "remove":
      return answer(api.DELETE("/api/v1/lists/{id}/members", options));
    case "exclude":
      return answer(api.POST("/api/v1/lists/{id}/exclusions", options));
    case "lift":
      return answer(api.DELETE("/api/v1/lists/{id}/exclusions", options));
  }
}

/** A change of a list's members or exclusions, told with its counts, or that it runs as a job. */
export function useChangeList(listId: string, act: ListAct, onDone: () => void) {
  const { t } = useTranslation("lists");
  const { number } = useFormats();
  return useAct({
    act: (selection: Selection) => request(act, listId, selection),
    changes: [["lists"], ["contacts"], ["campaigns"], ["jobs"]],
    done: (counts) => {
      if ("job_id" in counts) return t("result.job");
      const shown = (name: keyof Counts) => number(counts[name] ?? 0);
      return t(`result.${act}`, {
        added: shown("added"),
        already: shown("already"),
        excluded: shown("excluded"),
        removed: shown("removed"),
        lifted: shown("lifted"),
      });
    },
    ownError: true,
    onDone,
  });
}
