import { type QueryKey, useInfiniteQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import type { ApiError } from "./error.ts";

interface PageOf<T> {
  items: T[];
  next_cursor: string | null;
  count?: number | undefined;
  estimated?: boolean | undefined;
}

export interface Pages<T> {
  items: T[];
  /** How many there are in all, when the list was asked to count. */
  count: number | undefined;
  estimated: boolean;
  isPending: boolean;
  error: ApiError | null;
  hasMore: boolean;
  isFetchingMore: boolean;
  fetchMore: () => void;
  refetch: () => void;
}

/**
 * A list read page by page with the API's cursors. `read` gets the cursor of the
 * page to fetch (undefined for the first).
 */
export function usePages<T>(
  key: QueryKey,
  read: (cursor: string | undefined) => Promise<PageOf<T>>,
  options: { enabled?: boolean; refetchInterval?: number | false } = {},
): Pages<T> {
  const query = useInfiniteQuery<
    PageOf<T>,
    ApiError,
    { pages: PageOf<T>[] },
    QueryKey,
    string | undefined
  >({
    queryKey: key,
    queryFn: ({ pageParam }) => read(pageParam),
    initialPageParam: undefined,
    getNextPageParam: (last) => last.next_cursor ?? undefined,
    ...options,
  });
  const pages = query.data?.pages;
  const items = useMemo(() => pages?.flatMap((page) => page.items) ?? [], [pages]);
  return {
    items,
    count: pages?.[0]?.count,
    estimated: pages?.[0]?.estimated ?? false,
    isPending: query.isPending,
    error: query.error,
    hasMore: query.hasNextPage,
    isFetchingMore: query.isFetchingNextPage,
    fetchMore: () => {
      if (query.hasNextPage && !query.isFetchingNextPage) void query.fetchNextPage();
    },
    refetch: () => void query.refetch(),
  };
}
