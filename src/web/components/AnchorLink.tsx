import { Anchor, type AnchorProps } from "@mantine/core";
import { createLink } from "@tanstack/react-router";
import type { AnchorHTMLAttributes, Ref } from "react";

type Props = AnchorProps &
  Omit<AnchorHTMLAttributes<HTMLAnchorElement>, keyof AnchorProps> & {
    ref?: Ref<HTMLAnchorElement>;
  };

function PlainAnchor(props: Props) {
  return <Anchor {...props} />;
}

/** A Mantine anchor that the router follows, with typed `to`, `params` and `search`. */
export const AnchorLink = createLink(PlainAnchor);
