import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { answer, api } from "../../api/client.ts";
import { Page } from "../../components/Page.tsx";
import { Loaded } from "../../components/PageState.tsx";
import { TemplateEditor } from "./TemplateEditor.tsx";

const route = getRouteApi("/shell/templates/$id");

export function TemplatePage() {
  const { t } = useTranslation("templates");
  const { id } = route.useParams();
  const query = useQuery({
    queryKey: ["templates", id],
    queryFn: () => answer(api.GET("/api/v1/templates/{id}", { params: { path: { id } } })),
  });
  if (query.data) return <TemplateEditor key={id} template={query.data} />;
  return (
    <Page title={t("template")} above={{ label: t("title"), to: "/templates" }}>
      <Loaded query={query}>{() => null}</Loaded>
    </Page>
  );
}

export function NewTemplatePage() {
  return <TemplateEditor template={null} />;
}
