import { Button } from "@mantine/core";
import { IconCertificate } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";

/** The certificate of an erasure, to keep: as a page to print and as data. */
export function CertificateLinks({ id }: { id: string }) {
  const { t } = useTranslation("bin");
  const address = `/api/v1/erasures/${id}/certificate`;
  const button = { component: "a", size: "compact-sm", variant: "default" } as const;
  return (
    <>
      <Button
        {...button}
        href={`${address}.pdf`}
        download={`erasure-${id}.pdf`}
        leftSection={<IconCertificate size={16} />}
      >
        {t("certificate.pdf")}
      </Button>
      <Button {...button} href={address} download={`erasure-${id}.json`}>
        {t("certificate.json")}
      </Button>
    </>
  );
}
