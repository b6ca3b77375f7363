import { useTranslation } from "react-i18next";

const effects = [
  "addresses",
  "stops_carried",
  "follow_ups_moved",
  "follow_ups_ended",
  "lists_joined",
  "lists_left",
  "exclusions",
  "messages",
  "notes",
  "tasks",
  "appointments",
  "opportunities",
  "conversations",
  "external_refs",
] as const;

/** What comes along in a merge, in words; what this UI does not know yet stands for itself. */
export function useEffectName(): (name: string) => string {
  const { t } = useTranslation("profileMenu");
  return (name) => {
    const known = effects.find((each) => each === name);
    return known ? t(`merge.effect.${known}`) : name.replaceAll("_", " ");
  };
}
