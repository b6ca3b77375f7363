import { useTranslation } from "react-i18next";
import { useUserNames } from "../api/users.ts";

const known = ["user", "api_key", "recipient", "system", "cli", "import"] as const;

/** Who did something: the user's name where it is known, else what kind of actor. */
export function ActorName({ actor }: { actor: { type: string; id: string | null } }) {
  const { t } = useTranslation();
  const nameOf = useUserNames();
  const name = actor.type === "user" && actor.id ? nameOf(actor.id) : undefined;
  const type = known.find((each) => each === actor.type);
  return <>{name ?? (type ? t(`actor.${type}`) : actor.type)}</>;
}
