import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { shellRoute } from "../../app/routes.tsx";

const templatesRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: "/templates",
  component: lazyRouteComponent(() => import("./TemplatesPage.tsx"), "TemplatesPage"),
});

const newTemplateRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: "/templates/new",
  component: lazyRouteComponent(() => import("./TemplatePage.tsx"), "NewTemplatePage"),
});

const templateRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: "/templates/$id",
  component: lazyRouteComponent(() => import("./TemplatePage.tsx"), "TemplatePage"),
});

export const templateRoutes = [templatesRoute, newTemplateRoute, templateRoute] as const;
