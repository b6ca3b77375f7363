import { createRoute, redirect } from "@tanstack/react-router";
import { shellRoute } from "../../app/routes.tsx";

export const homeRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: "/",
  beforeLoad: () => {
    throw redirect({ to: "/contacts" });
  },
});
