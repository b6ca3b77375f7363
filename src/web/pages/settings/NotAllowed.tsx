import { Alert } from "@mantine/core";
import { IconLock } from "@tabler/icons-react";
import { useWhyNot } from "../../components/May.tsx";

/** Says that something is shown and cannot be changed, and who can; nothing for those who can. */
export function NotAllowed({ permission }: { permission: string }) {
  const whyNot = useWhyNot()(permission);
  if (whyNot === undefined) return null;
  return (
    <Alert color="gray" variant="default" icon={<IconLock />} mb="md" maw={760}>
      {whyNot}
    </Alert>
  );
}
