import { Button } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { answer, api } from "../../../api/client.ts";
import type { SignUpForm } from "../../../api/types.ts";
import { useMay } from "../../../app/session.tsx";
import { May } from "../../../components/May.tsx";
import { Page } from "../../../components/Page.tsx";
import { Empty, Loaded } from "../../../components/PageState.tsx";
import { NotAllowed } from "../NotAllowed.tsx";
import { ArchiveFormDialog } from "./ArchiveFormDialog.tsx";
import { FormCard } from "./FormCard.tsx";
import { SignUpFormDialog } from "./SignUpFormDialog.tsx";

type Open = { act: "add" } | { act: "edit" | "archive"; form: SignUpForm };

export function FormsPage() {
  const { t } = useTranslation("forms");
  const { t: settings } = useTranslation("settings");
  const mayEdit = useMay()("forms.edit");
  const [open, setOpen] = useState<Open | null>(null);
  const close = () => setOpen(null);
  const query = useQuery({
    queryKey: ["forms"],
    queryFn: () => answer(api.GET("/api/v1/forms")),
    enabled: mayEdit,
  });
  return (
    <Page
      title={settings("forms.title")}
      description={t("description")}
      actions={
        <May permission="forms.edit">
          <Button leftSection={<IconPlus size={16} />} onClick={() => setOpen({ act: "add" })}>
            {t("add")}
          </Button>
        </May>
      }
    >
      <NotAllowed permission="forms.edit" />
      {mayEdit && (
        <Loaded query={query}>
          {({ items }) =>
            items.length === 0 ? (
              <Empty title={t("empty")}>{t("emptyHint")}</Empty>
            ) : (
              items.map((form) => (
                <FormCard
                  key={form.id}
                  form={form}
                  onEdit={() => setOpen({ act: "edit", form })}
                  onArchive={() => setOpen({ act: "archive", form })}
                />
              ))
            )
          }
        </Loaded>
      )}
      {open?.act === "add" && <SignUpFormDialog onClose={close} />}
      {open?.act === "edit" && <SignUpFormDialog form={open.form} onClose={close} />}
      {open?.act === "archive" && <ArchiveFormDialog form={open.form} onClose={close} />}
    </Page>
  );
}
