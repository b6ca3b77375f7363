import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { answer, api } from "../api/client.ts";
import { useMay } from "../app/session.tsx";
import { nameOf } from "../components/naming.ts";

interface Found {
  href: string;
  name: string;
  detail?: string;
}

interface FoundGroup {
  kind: "contacts" | "lists" | "campaigns";
  found: Found[];
}

/** What matches, over everything that the role may see; nothing for fewer than two characters. */
export function useFound(q: string): { groups: FoundGroup[]; isPending: boolean } {
  const may = useMay();
  const enabled = q.length >= 2;
  const contacts = useQuery({
    queryKey: ["contacts", "search", q],
    queryFn: () =>
      answer(api.GET("/api/v1/contacts", { params: { query: { q, limit: 6, sort: "name" } } })),
    enabled: enabled && may("contacts.view"),
    placeholderData: keepPreviousData,
  });
  const lists = useQuery({
    queryKey: ["lists", "search", q],
    queryFn: () => answer(api.GET("/api/v1/lists", { params: { query: { q, limit: 4 } } })),
    enabled: enabled && may("contacts.view"),
    placeholderData: keepPreviousData,
  });
  const campaigns = useQuery({
    queryKey: ["campaigns", "search"],
    queryFn: () => answer(api.GET("/api/v1/campaigns", { params: { query: { limit: 200 } } })),
    enabled: enabled && may("campaigns.view"),
    staleTime: 30_000,
  });
  if (!enabled) return { groups: [], isPending: false };
  const words = q.toLowerCase();
  const groups: FoundGroup[] = [
    {
      kind: "contacts",
      found: (contacts.data?.items ?? []).map((contact) => ({
        href: `/contacts/${contact.id}`,
        name: nameOf(contact),
        detail: [contact.email ?? contact.phone, contact.company].filter(Boolean).join(" · "),
      })),
    },
    {
      kind: "lists",
      found: (lists.data?.items ?? []).map((list) => ({
        href: `/lists/${list.id}`,
        name: list.name,
      })),
    },
    {
      kind: "campaigns",
      found: (campaigns.data?.items ?? [])
        .filter((campaign) => campaign.name.toLowerCase().includes(words))
        .slice(0, 4)
        .map((campaign) => ({ href: `/campaigns/${campaign.id}`, name: campaign.name })),
    },
  ];
  return {
    groups: groups.filter((group) => group.found.length > 0),
    isPending: contacts.isPending || lists.isPending,
  };
}
