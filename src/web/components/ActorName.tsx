import { useCallback } from "react";
import { useTranslation } from "react-i18next";
import { useUserNames } from "../api/users.ts";

interface Actor {
  type: string;
  id: string | null;
}

const known = ["user", "api_key", "recipient", "system", "operator", "import"] as const;

/** Who did something: the user's name where it is known, else what kind of actor. */
export function useActorName(): (actor: Actor) => string {
  const { t } = useTranslation();
  const nameOf = useUserNames();
  return useCallback(
    (actor: Actor) => {
      const name = actor.type === "user" && actor.id ? nameOf(actor.id) : undefined;
      const type = known.find((each) => each === actor.type);
      return name ?? (type ? t(`actor.${type}`) : actor.type);
    },
    [t, nameOf],
  );
}

export function ActorName({ actor }: { actor: Actor }) {
  return <>{useActorName()(actor)}</>;
}
