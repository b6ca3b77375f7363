import { useTranslation } from "react-i18next";
import type { StopRecord } from "../../api/types.ts";
import { useActorName } from "../../components/ActorName.tsx";
import { useFormats } from "../../i18n/format.ts";

/** Since when, by whom and why a contact is inactive. */
export function DeactivationReason({ stop }: { stop: StopRecord }) {
  const { t } = useTranslation("profile");
  const { moment } = useFormats();
  const actorName = useActorName();
  return (
    <>
      <div>{t("inactive.since", { when: moment(stop.made_at), who: actorName(stop.actor) })}</div>
      {stop.because && <div>{t("inactive.because", { because: stop.because })}</div>}
    </>
  );
}
