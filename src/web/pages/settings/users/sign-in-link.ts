import { useAct } from "../../../api/act.ts";
import { answer, api } from "../../../api/client.ts";

export interface SignInLink {
  name: string;
  url: string;
  expiresAt: string;
}

interface Who {
  id: string;
  name: string;
}

/** Makes a one-time sign-in link for a user. */
export function useMakeLink(onMade: (link: SignInLink) => void) {
  return useAct<{ token: string; expires_at: string }, Who>({
    act: ({ id }) =>
      answer(api.POST("/api/v1/users/{id}/sign-in-links", { params: { path: { id } }, body: {} })),
    onDone: ({ token, expires_at }, { name }) =>
      onMade({
        name,
        url: `${location.origin}/sign-in?token=${encodeURIComponent(token)}`,
        expiresAt: expires_at,
      }),
  });
}
