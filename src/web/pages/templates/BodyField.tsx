import { Textarea } from "@mantine/core";
import type { Ref } from "react";

interface BodyFieldProps {
  ref: Ref<HTMLTextAreaElement>;
  label: string;
  mono: boolean;
  readOnly: boolean;
  value: string;
  error: string | null;
  onFocus: () => void;
  onChange: (text: string) => void;
}

/** The content: plain words, or MJML in a font whose letters line up. */
export function BodyField({ ref, mono, onChange, ...rest }: BodyFieldProps) {
  return (
    <Textarea
      {...rest}
      ref={ref}
      required
      autosize
      minRows={14}
      maxRows={30}
      spellCheck={!mono}
      styles={mono ? { input: { fontFamily: "var(--mantine-font-family-monospace)" } } : {}}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}
