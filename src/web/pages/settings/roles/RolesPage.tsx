import { Button, Text } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconPlus } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { answer, api } from "../../../api/client.ts";
import { rolesQuery } from "../../../api/roles.ts";
import { useMay } from "../../../app/session.tsx";
import { Page } from "../../../components/Page.tsx";
import { Loaded } from "../../../components/PageState.tsx";
import { NotAllowed } from "../NotAllowed.tsx";
import { DeleteRoleDialog } from "./DeleteRoleDialog.tsx";
import { RoleDialog } from "./RoleDialog.tsx";
import { RolesMatrix } from "./RolesMatrix.tsx";
import type { Role } from "./types.ts";

/** Which role may do what, as one table. */
export function RolesPage() {
  const { t } = useTranslation("settings");
  const may = useMay()("roles.manage");
  const roles = useQuery(rolesQuery);
  const permissions = useQuery({
    queryKey: ["permissions"],
    queryFn: () => answer(api.GET("/api/v1/permissions")),
    staleTime: Number.POSITIVE_INFINITY,
  });
  const [adding, { open, close }] = useDisclosure();
  const [editing, setEditing] = useState<Role | null>(null);
  const [deleting, setDeleting] = useState<Role | null>(null);
  return (
    <Page
      title={t("roles.title")}
      description={t("roles.description")}
      actions={
        may && (
          <Button leftSection={<IconPlus size={16} />} onClick={open}>
            {t("roles.add")}
          </Button>
        )
      }
    >
      <NotAllowed permission="roles.manage" />
      <Loaded query={roles}>
        {({ items }) => (
          <Loaded query={permissions}>
            {(all) => (
              <>
                <RolesMatrix
                  roles={items}
                  permissions={all.items}
                  onEdit={may ? setEditing : null}
                  onDelete={may ? setDeleting : null}
                />
                <Text size="sm" c="dimmed" mt="sm">
                  {t("roles.fixed")}
                </Text>
                {adding && <RoleDialog edited={null} permissions={all.items} onClose={close} />}
                {editing && (
                  <RoleDialog
                    edited={editing}
                    permissions={all.items}
                    onClose={() => setEditing(null)}
                  />
                )}
                {deleting && <DeleteRoleDialog role={deleting} onClose={() => setDeleting(null)} />}
              </>
            )}
          </Loaded>
        )}
      </Loaded>
    </Page>
  );
}
