import { NativeSelect, Text, TextInput } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { attributeKey, isInverted, plainFields, stopFieldOf, stopFields } from "./fields.ts";
import classes from "./MappingTable.module.css";
import type { ColumnMapping, Uploaded } from "./types.ts";

interface MappingTableProps {
  mapping: ColumnMapping[];
  /** With the first rows, which are known right after the upload. */
  uploaded: Uploaded | undefined;
  onChange: (mapping: ColumnMapping[]) => void;
}

const asAttribute = "attribute";

/** Every column of the file, some of its values, and what it means. */
export function MappingTable({ mapping, uploaded, onChange }: MappingTableProps) {
  const { t } = useTranslation("imports");
  const choose = (index: number, field: string | null) =>
    onChange(mapping.map((each, at) => (at === index ? { ...each, field } : each)));
  const choices = [
    { value: "", label: t("leaveOut") },
    {
      group: t("fieldGroup.plain"),
      items: plainFields.map((field) => ({ value: field, label: t(`field.${field}`) })),
    },
    { group: t("fieldGroup.own"), items: [{ value: asAttribute, label: t("attribute") }] },
    {
      group: t("fieldGroup.stop"),
      items: stopFields.map((field) => ({ value: field, label: t(`stopField.${field}`) })),
    },
  ];
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard (WCAG 2.1.1)
    <section className={classes.scroller} tabIndex={0} aria-label={t("mappingTable")}>
      <table className={classes.table}>
        <thead>
          <tr>
            <th scope="col">{t("column")}</th>
            {uploaded && <th scope="col">{t("sample")}</th>}
            <th scope="col">{t("meaning")}</th>
          </tr>
        </thead>
        <tbody>
          {mapping.map(({ column, field }, index) => {
            const stop = stopFieldOf(field);
            const attribute = field?.startsWith("attribute:") ? field.slice(10) : null;
            const at = uploaded?.header.indexOf(column) ?? -1;
            const samples = uploaded?.sample
              .map((row) => row[at] ?? "")
              .filter((value) => value !== "")
              .slice(0, 3);
            const proposed = uploaded?.proposed_mapping.find((each) => each.column === column);
            const unsure =
              proposed && proposed.field === field && proposed.confidence < 0.6 && field !== null;
            return (
              <tr key={column}>
                <th scope="row">{column}</th>
                {uploaded && (
                  <td className={classes.sample}>
                    {samples?.length ? samples.join(" · ") : t("noValues")}
                  </td>
                )}
                <td>
                  <NativeSelect
                    aria-label={t("meaningOf", { column })}
                    data={choices}
                    value={attribute === null ? (field ?? "") : asAttribute}
                    onChange={(event) => {
                      const { value } = event.currentTarget;
                      choose(
                        index,
                        value === ""
                          ? null
                          : value === asAttribute
                            ? `attribute:${attributeKey(column)}`
                            : value,
                      );
                    }}
                  />
                  {attribute !== null && (
                    <TextInput
                      mt={4}
                      aria-label={t("attributeKeyOf", { column })}
                      value={attribute}
                      maxLength={63}
                      onChange={(event) =>
                        choose(
                          index,
                          `attribute:${event.currentTarget.value.toLowerCase().replace(/[^a-z0-9_]/g, "_")}`,
                        )
                      }
                    />
                  )}
                  {stop && (
                    <Text size="xs" mt={4} c="var(--heed-red)">
                      {t("makesStops")}{" "}
                      {stop === "status"
                        ? t("statusStops")
                        : isInverted(stop)
                          ? t("noStops")
                          : t("yesStops")}
                    </Text>
                  )}
                  {unsure && (
                    <Text size="xs" mt={4} c="dimmed">
                      {t("unsure")}
                    </Text>
                  )}
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </section>
  );
}
